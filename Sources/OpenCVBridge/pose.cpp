#include "guard.hpp"

#include <opencv2/calib3d.hpp>

#include <algorithm>
#include <cmath>

using namespace bridge;

/// The object upright before the camera, at the distance where its points are spread as wide as in the picture.
static cv::Mat upright(const cv::Mat &solid, const cv::Mat &flat, double focal, double cx, double cy) {
  auto spreadOf = [](const cv::Mat &points, cv::Scalar &mean) {
    double sum = 0;
    mean = cv::Scalar();
    for (int i = 0; i < points.rows; ++i)
      for (int k = 0; k < points.cols; ++k) mean[k] += points.at<double>(i, k) / points.rows;
    for (int i = 0; i < points.rows; ++i)
      for (int k = 0; k < 2; ++k) sum += std::pow(points.at<double>(i, k) - mean[k], 2);
    return std::sqrt(sum);
  };
  cv::Scalar object, picture;
  const double from = spreadOf(solid, object), to = spreadOf(flat, picture);
  require(from > 0 && to > 0, "all points coincide");
  const double distance = focal * from / to;
  return (cv::Mat_<double>(3, 1) << (picture[0] - cx) * distance / focal - object[0],
          (picture[1] - cy) * distance / focal - object[1], distance - object[2]);
}

cvb_status cvb_pose(const double *object, const double *picture, size_t count, double focal, double cx,
                    double cy, double rotation[9], double translation[3], double *error,
                    cvb_message *message) {
  return guarded(message, [&] {
    require(object && picture && rotation && translation && error, "a pointer is missing");
    require(count >= 4 && count <= 1000, "a pose needs 4 to 1000 points");
    const int rows = int(count);
    cv::Mat solid(rows, 3, CV_64F, const_cast<double *>(object));
    cv::Mat flat(rows, 2, CV_64F, const_cast<double *>(picture));
    require(cv::checkRange(solid) && cv::checkRange(flat) && std::isfinite(focal) && focal > 0,
            "points and focal length must be finite");
    const cv::Mat camera = (cv::Mat_<double>(3, 3) << focal, 0, cx, 0, focal, cy, 0, 0, 1);

    cv::Mat angle = cv::Mat::zeros(3, 1, CV_64F), shift = upright(solid, flat, focal, cx, cy);
    require(cv::solvePnP(solid, flat, camera, cv::noArray(), angle, shift, true, cv::SOLVEPNP_ITERATIVE),
            "no pose fits these points");
    cv::Mat matrix, projected;
    cv::Rodrigues(angle, matrix);
    cv::projectPoints(solid, angle, shift, camera, cv::noArray(), projected);
    require(cv::checkRange(matrix) && cv::checkRange(shift), "no finite pose fits these points");

    *error = cv::norm(projected.reshape(1, rows), flat) / std::sqrt(double(rows));
    std::copy_n(matrix.ptr<double>(), 9, rotation);
    std::copy_n(shift.ptr<double>(), 3, translation);
  });
}
