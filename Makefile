.PHONY: setup test sample
APT := libavformat-dev libavcodec-dev libswscale-dev libavutil-dev libdnnl-dev libopencv-dev opencv-data libsqlite3-dev libbz2-dev liblzma-dev zlib1g-dev libjs-dygraphs pkg-config

setup:
	@dpkg -s $(APT) >/dev/null 2>&1 || (apt-get update -qq && apt-get install -y --no-install-recommends $(APT))

test: setup
	swift test

# Draws the files in Samples/ again; the same source gives the same bytes.
sample:
	swift run -c release afterclass sample make --output Samples/lecture.mp4
