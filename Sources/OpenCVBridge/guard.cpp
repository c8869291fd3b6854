#include "guard.hpp"

#include <mutex>

namespace bridge {

static void check(const void *pixels, size_t length, int32_t width, int32_t height, int32_t channels) {
  require(pixels != nullptr, "no pixels");
  require(width > 0 && height > 0, "a picture needs a positive width and height");
  require(channels == 1 || channels == 3, "a picture has one or three channels");
  require(length == size_t(width) * size_t(height) * size_t(channels),
          "the buffer's length does not fit the picture's size");
}

static cv::Mat matrix(const void *pixels, int32_t width, int32_t height, int32_t channels) {
  return cv::Mat(height, width, CV_8UC(channels), const_cast<void *>(pixels));
}

cv::Mat view(const cvb_source &source) {
  check(source.pixels, source.length, source.width, source.height, source.channels);
  return matrix(source.pixels, source.width, source.height, source.channels);
}

cv::Mat view(const cvb_target &target) {
  check(target.pixels, target.length, target.width, target.height, target.channels);
  return matrix(target.pixels, target.width, target.height, target.channels);
}

static int silent(int, const char *, const char *, const char *, int, void *) { return 0; }

void quieten() {
  static std::once_flag once;
  std::call_once(once, [] {
    cv::setNumThreads(1);
    cv::redirectError(silent);
  });
}

}  // namespace bridge
