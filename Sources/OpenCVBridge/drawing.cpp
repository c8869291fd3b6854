#include "guard.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

using namespace bridge;

/// OpenCV draws at whole pixels plus `fraction` binary places.
static const int fraction = 4;

static cv::Point at(double x, double y) {
  require(std::isfinite(x) && std::isfinite(y), "a coordinate is not finite");
  const double limit = 1 << 20;
  return cv::Point(int(std::lround(std::clamp(x, -limit, limit) * (1 << fraction))),
                   int(std::lround(std::clamp(y, -limit, limit) * (1 << fraction))));
}

static cv::Scalar scalar(const uint8_t colour[3]) { return cv::Scalar(colour[0], colour[1], colour[2]); }

cvb_status cvb_rectangle(cvb_target target, double x, double y, double width, double height,
                         const uint8_t colour[3], int32_t thickness, cvb_message *message) {
  return guarded(message, [&] {
    cv::Mat picture = view(target);
    cv::rectangle(picture, at(x, y), at(x + width, y + height), scalar(colour),
                  thickness < 0 ? cv::FILLED : std::clamp(thickness, 1, 255), cv::LINE_AA, fraction);
  });
}

cvb_status cvb_line(cvb_target target, double x0, double y0, double x1, double y1,
                    const uint8_t colour[3], int32_t thickness, cvb_message *message) {
  return guarded(message, [&] {
    cv::Mat picture = view(target);
    cv::line(picture, at(x0, y0), at(x1, y1), scalar(colour), std::clamp(thickness, 1, 255), cv::LINE_AA,
             fraction);
  });
}

cvb_status cvb_disc(cvb_target target, double x, double y, double radius, const uint8_t colour[3],
                    cvb_message *message) {
  return guarded(message, [&] {
    require(radius >= 0 && radius < 10000, "a radius lies between 0 and 10000");
    cv::Mat picture = view(target);
    cv::circle(picture, at(x, y), int(std::lround(radius * (1 << fraction))), scalar(colour), cv::FILLED,
               cv::LINE_AA, fraction);
  });
}

cvb_status cvb_text(cvb_target target, const char *text, double x, double y, double height,
                    const uint8_t colour[3], cvb_message *message) {
  return guarded(message, [&] {
    require(text != nullptr && height > 0 && height < 1000, "text needs a height between 0 and 1000");
    cv::Mat picture = view(target);
    const int font = cv::FONT_HERSHEY_SIMPLEX;
    const int thickness = std::max(1, int(std::lround(height / 10)));
    const double scale = cv::getFontScaleFromHeight(font, std::max(1, int(std::lround(height))), thickness);
    const cv::Point origin = at(x, y);
    cv::putText(picture, text, cv::Point(origin.x >> fraction, origin.y >> fraction), font, scale,
                scalar(colour), thickness, cv::LINE_AA);
  });
}
