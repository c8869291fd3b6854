#include "guard.hpp"

#include <opencv2/imgproc.hpp>

using namespace bridge;

static int flag(cvb_interpolation interpolation) {
  switch (interpolation) {
  case CVB_NEAREST: return cv::INTER_NEAREST;
  case CVB_CUBIC: return cv::INTER_CUBIC;
  case CVB_AREA: return cv::INTER_AREA;
  default: return cv::INTER_LINEAR;
  }
}

cvb_status cvb_gray(cvb_source source, cvb_target target, cvb_message *message) {
  return transform(source, target, message, [](const cv::Mat &from, cv::Mat &to) {
    require(from.channels() == 3, "gray is made of three channels");
    cv::cvtColor(from, to, cv::COLOR_BGR2GRAY);
  });
}

cvb_status cvb_colour(cvb_source source, cvb_target target, cvb_message *message) {
  return transform(source, target, message, [](const cv::Mat &from, cv::Mat &to) {
    require(from.channels() == 1, "colour is made of one channel");
    cv::cvtColor(from, to, cv::COLOR_GRAY2BGR);
  });
}

cvb_status cvb_resize(cvb_source source, cvb_target target, cvb_interpolation interpolation,
                      cvb_message *message) {
  return transform(source, target, message, [=](const cv::Mat &from, cv::Mat &to) {
    cv::resize(from, to, to.size(), 0, 0, flag(interpolation));
  });
}

cvb_status cvb_warp(cvb_source source, cvb_target target, const double matrix[6],
                    cvb_interpolation interpolation, int32_t border, cvb_message *message) {
  return transform(source, target, message, [=](const cv::Mat &from, cv::Mat &to) {
    cv::Mat map(2, 3, CV_64F, const_cast<double *>(matrix));
    require(cv::checkRange(map), "the map is not finite");
    cv::warpAffine(from, to, map, to.size(), flag(interpolation),
                   border < 0 ? cv::BORDER_REPLICATE : cv::BORDER_CONSTANT, cv::Scalar::all(border));
  });
}

cvb_status cvb_equalise(cvb_source source, cvb_target target, cvb_message *message) {
  return transform(source, target, message,
                   [](const cv::Mat &from, cv::Mat &to) { cv::equalizeHist(from, to); });
}

cvb_status cvb_clahe(cvb_source source, cvb_target target, double clip, int32_t grid,
                     cvb_message *message) {
  return transform(source, target, message, [=](const cv::Mat &from, cv::Mat &to) {
    require(clip > 0 && grid > 0 && grid <= 64, "CLAHE needs a clip above 0 and a grid of 1 to 64");
    cv::createCLAHE(clip, cv::Size(grid, grid))->apply(from, to);
  });
}

cvb_status cvb_gaussian(cvb_source source, cvb_target target, double sigma, cvb_message *message) {
  return transform(source, target, message, [=](const cv::Mat &from, cv::Mat &to) {
    require(sigma > 0 && sigma <= 100, "a Gaussian needs a sigma above 0, at most 100");
    cv::GaussianBlur(from, to, cv::Size(), sigma, sigma, cv::BORDER_REPLICATE);
  });
}

cvb_status cvb_bilateral(cvb_source source, cvb_target target, int32_t diameter, double sigma_colour,
                         double sigma_space, cvb_message *message) {
  return transform(source, target, message, [=](const cv::Mat &from, cv::Mat &to) {
    require(diameter > 0 && diameter <= 31, "a bilateral filter needs a diameter of 1 to 31");
    cv::bilateralFilter(from, to, diameter, sigma_colour, sigma_space, cv::BORDER_REPLICATE);
  });
}

cvb_status cvb_laplacian_variance(cvb_source source, double *variance, cvb_message *message) {
  return guarded(message, [&] {
    cv::Mat from = view(source);
    require(from.channels() == 1 && variance != nullptr, "sharpness is measured on gray pictures");
    cv::Mat response, mean, deviation;
    cv::Laplacian(from, response, CV_16S, 1, 1, 0, cv::BORDER_REPLICATE);
    cv::meanStdDev(response, mean, deviation);
    *variance = deviation.at<double>(0) * deviation.at<double>(0);
  });
}
