#pragma once

#include "OpenCVBridge.h"

#include <opencv2/core.hpp>

#include <cstdio>
#include <stdexcept>

namespace bridge {

/// The pictures as OpenCV sees them, without a copy; throws where the stated length does not fit.
cv::Mat view(const cvb_source &source);
cv::Mat view(const cvb_target &target);

/// OpenCV's own threads and its printing of errors are turned off, once.
void quieten();

inline void write(cvb_message *message, const char *text) {
  if (message) std::snprintf(message->text, sizeof message->text, "%s", text);
}

/// Runs `body`; whatever it throws becomes a status and a message.
template <typename Body> cvb_status guarded(cvb_message *message, Body body) noexcept {
  try {
    quieten();
    body();
    return CVB_OK;
  } catch (const std::invalid_argument &error) {
    write(message, error.what());
    return CVB_INVALID_ARGUMENT;
  } catch (const cv::Exception &error) {
    write(message, error.err.c_str());
    return CVB_OPENCV_ERROR;
  } catch (const std::exception &error) {
    write(message, error.what());
    return CVB_OTHER_ERROR;
  } catch (...) {
    write(message, "unknown exception");
    return CVB_OTHER_ERROR;
  }
}

inline void require(bool condition, const char *text) {
  if (!condition) throw std::invalid_argument(text);
}

/// Runs `operation(from, to)` and checks that OpenCV wrote into the caller's buffer and not into one of its own.
template <typename Operation>
cvb_status transform(cvb_source source, cvb_target target, cvb_message *message, Operation operation) noexcept {
  return guarded(message, [&] {
    cv::Mat from = view(source);
    cv::Mat to = view(target);
    operation(from, to);
    require(to.data == target.pixels, "the target has another size or channel count than the result");
  });
}

}  // namespace bridge
