#include "OpenCVNetwork.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <opencv2/dnn.hpp>

int opencv_network_run(
  const char *path, const float *input, const int *shape, const char *name, float *output, int capacity,
  char *error,
  int error_capacity) {
  try {
    cv::dnn::Net network = cv::dnn::readNetFromONNX(path);
    cv::Mat blob(4, shape, CV_32F);
    std::copy(input, input + blob.total(), blob.ptr<float>());
    network.setInput(blob);
    cv::Mat result = network.forward(name ? name : "");
    if (static_cast<int>(result.total()) > capacity) throw std::runtime_error("more numbers than expected");
    std::copy(result.ptr<float>(), result.ptr<float>() + result.total(), output);
    return static_cast<int>(result.total());
  } catch (const std::exception &caught) {
    std::snprintf(error, error_capacity, "%s", caught.what());
    return -1;
  }
}
