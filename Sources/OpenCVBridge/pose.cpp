#include "guard.hpp"

#include <opencv2/calib3d.hpp>

#include <algorithm>
#include <cmath>

using namespace bridge;

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

    cv::Mat angle, shift, matrix, projected;
    require(cv::solvePnP(solid, flat, camera, cv::noArray(), angle, shift, false,
                         count >= 6 ? cv::SOLVEPNP_ITERATIVE : cv::SOLVEPNP_EPNP),
            "no pose fits these points");
    cv::solvePnPRefineLM(solid, flat, camera, cv::noArray(), angle, shift);
    cv::Rodrigues(angle, matrix);
    cv::projectPoints(solid, angle, shift, camera, cv::noArray(), projected);
    require(cv::checkRange(matrix) && cv::checkRange(shift), "no finite pose fits these points");

    *error = cv::norm(projected.reshape(1, rows), flat) / std::sqrt(double(rows));
    std::copy_n(matrix.ptr<double>(), 9, rotation);
    std::copy_n(shift.ptr<double>(), 3, translation);
  });
}
