#!/bin/sh
# Fuzzes the reading of recordings and pictures: Tests/Fuzz/decode.sh [SECONDS] [libFuzzer options].
# Seeds are made here; what is found lies in .build/fuzz/decode, next to the corpus.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
out=.build/fuzz/decode
mkdir -p $out/corpus
flags="-O -swift-version 6 -enable-upcoming-feature InternalImportsByDefault -parse-as-library -I $out"
flags="$flags -sanitize=address,fuzzer -Xcc -fmodule-map-file=Sources/CFFmpeg/module.modulemap"
for room in Vocabulary Media; do
  swiftc $flags -wmo -module-name $room -emit-module -emit-module-path $out/$room.swiftmodule \
    -c Sources/$room/*.swift -o $out/$room.o
done
swiftc $flags -module-name Fuzz Tests/Fuzz/decode.swift $out/Vocabulary.o $out/Media.o \
  -lavformat -lavcodec -lswscale -lavutil -o $out/decode
if [ -z "$(ls $out/corpus)" ] && command -v ffmpeg >/dev/null; then
  clip="ffmpeg -v error -y -f lavfi -i testsrc2=s=32x32:r=5:d=2"
  for name in h264.mp4 h264.mkv h264.ts h264.flv; do $clip -c:v libx264 -g 5 -bf 2 $out/corpus/$name; done
  $clip -c:v mpeg4 -g 5 -bf 2 $out/corpus/mpeg4.avi
  $clip -c:v libvpx-vp9 -g 5 $out/corpus/vp9.webm
  for name in a.jpg a.png a.webp a.bmp a.tiff; do $clip -frames:v 1 $out/corpus/$name; done
fi
cd $out
exec ./decode -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 "$@" corpus
