#!/bin/sh
# Fuzzes the readers of other people's files: Tests/Fuzz/fuzz.sh TARGET [SECONDS] [libFuzzer's options].
# TARGET is all, or one of chat csv decode h264 observations onnx transcript yaml. What is found lies in
# .build/fuzz/found; the corpus, which grows from Tests/Fuzz/seeds and from what is made here, in .build/fuzz/corpus.
set -eu
cd "$(dirname "$0")/../.."
target=${1:?name a target, or all}
seconds=${2:-60}
shift; [ $# -gt 0 ] && shift
if [ "$target" = all ]; then
  for each in chat csv decode h264 observations onnx transcript yaml; do "$0" $each "$seconds" "$@"; done
  exit
fi

AFTERCLASS_FUZZ=1 swift build -c release --scratch-path .build/fuzz --product Fuzz --sanitize=address \
  -Xswiftc -sanitize=fuzzer -Xswiftc -enable-testing -Xswiftc -use-ld=lld \
  -Xcc -fsanitize-coverage=inline-8bit-counters,pc-table,trace-cmp ${SWIFT_BUILD_OPTIONS:-}

root=$PWD
corpus=$root/.build/fuzz/corpus/$target
found=$root/.build/fuzz/found/$target
mkdir -p "$corpus" "$found"
if [ -d "Tests/Fuzz/seeds/$target" ]; then cp -n Tests/Fuzz/seeds/$target/* "$corpus"; fi
if [ "$target" = yaml ]; then cp -n Pipelines/*.yaml Pipelines/Recipes/*.yaml Pipelines/Models/*/*.yaml "$corpus" || true; fi
if [ "$target" = decode ] && [ -z "$(ls "$corpus")" ] && command -v ffmpeg >/dev/null; then
  clip="ffmpeg -v error -y -f lavfi -i testsrc2=s=32x32:r=5:d=2"
  for name in h264.mp4 h264.mkv h264.ts h264.flv; do $clip -c:v libx264 -g 5 -bf 2 "$corpus/$name"; done
  $clip -c:v mpeg4 -g 5 -bf 2 "$corpus/mpeg4.avi"
  $clip -c:v libvpx-vp9 -g 5 "$corpus/vp9.webm"
  for name in a.jpg a.png a.webp a.bmp a.tiff; do $clip -frames:v 1 "$corpus/$name"; done
fi
# Foundation leaks a page for each empty file that it reads, which is told of at the end of a run.
export ASAN_OPTIONS=detect_leaks=0
echo "fuzzing $target for $seconds s"
exec .build/fuzz/release/Fuzz $target -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 \
  -detect_leaks=0 -print_final_stats=1 -artifact_prefix="$found/" "$@" "$corpus"
