// Runs an ONNX network with OpenCV's dnn on one thread and prints what that used, as `afterclass stage network`
// does: opencv MODEL BATCHxCHANNELSxHEIGHTxWIDTH COUNT
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

static double cpuSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

int main(int, char **arguments) try {
  cv::setNumThreads(1);
  cv::dnn::Net network = cv::dnn::readNetFromONNX(arguments[1]);
  int shape[4];
  if (std::sscanf(arguments[2], "%dx%dx%dx%d", shape, shape + 1, shape + 2, shape + 3) != 4) return 2;
  cv::Mat batch(4, shape, CV_32F);
  for (size_t index = 0; index < batch.total(); ++index) batch.ptr<float>()[index] = float(index % 251) / 251;
  const auto names = network.getUnconnectedOutLayersNames();
  std::vector<cv::Mat> results;
  const auto run = [&] {
    network.setInput(batch);
    network.forward(results, names);
  };
  run();
  const double before = cpuSeconds();
  const auto start = std::chrono::steady_clock::now();
  for (int count = std::atoi(arguments[3]); count > 0; --count) run();
  const double cpu = cpuSeconds() - before;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
    "{\"cpuSeconds\": %g, \"wallSeconds\": %g, \"peakMegabytes\": %g}\n", cpu, wall.count(),
    usage.ru_maxrss / 1024.0);
} catch (const std::exception &error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
