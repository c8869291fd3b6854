#include "guard.hpp"

#include <opencv2/objdetect.hpp>

#include <algorithm>
#include <memory>

using namespace bridge;

struct cvb_cascade {
  cv::CascadeClassifier classifier;
};

cvb_status cvb_cascade_open(const char *path, cvb_cascade **cascade, cvb_message *message) {
  return guarded(message, [&] {
    require(path != nullptr && cascade != nullptr, "a pointer is missing");
    auto opened = std::make_unique<cvb_cascade>();
    require(opened->classifier.load(path), "not a cascade that can be read");
    *cascade = opened.release();
  });
}

void cvb_cascade_close(cvb_cascade *cascade) { delete cascade; }

cvb_status cvb_cascade_detect(cvb_cascade *cascade, cvb_source gray, double step, int32_t neighbours,
                              int32_t smallest, int32_t largest, double *objects, size_t capacity,
                              size_t *count, cvb_message *message) {
  return guarded(message, [&] {
    require(cascade && count && (objects || capacity == 0), "a pointer is missing");
    require(step > 1 && smallest > 0, "a cascade needs a step above 1 and a smallest size");
    std::vector<cv::Rect> found;
    std::vector<int> levels;
    std::vector<double> weights;
    cascade->classifier.detectMultiScale(
        view(gray), found, levels, weights, step, neighbours, 0, cv::Size(smallest, smallest),
        largest > 0 ? cv::Size(largest, largest) : cv::Size(), true);
    *count = found.size();
    for (size_t i = 0; i < std::min(capacity, found.size()); ++i) {
      const double values[] = {double(found[i].x), double(found[i].y), double(found[i].width),
                               double(found[i].height), weights[i]};
      std::copy_n(values, 5, objects + 5 * i);
    }
  });
}
