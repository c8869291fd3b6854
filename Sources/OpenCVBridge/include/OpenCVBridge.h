#ifndef AFTERCLASS_OPENCV_BRIDGE_H
#define AFTERCLASS_OPENCV_BRIDGE_H

#include <stddef.h>
#include <stdint.h>

/*
 The image operations that we take from OpenCV, as plain C.

 Every buffer belongs to the caller, who states its length; nothing is kept after a call returns but
 what an opaque handle names. No C++ exception leaves a function: it becomes a status and a message.
 Pictures are 8-bit, rows from the top, tightly packed, of 1 (gray) or 3 (blue, green, red) channels.
 Coordinates are OpenCV's: the centre of the top left pixel is (0, 0).
 */

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cvb_status {
  CVB_OK = 0,
  CVB_INVALID_ARGUMENT = 1,
  CVB_OPENCV_ERROR = 2,
  CVB_OTHER_ERROR = 3,
} cvb_status;

typedef struct cvb_message {
  char text[256];
} cvb_message;

typedef struct cvb_source {
  const uint8_t *pixels;
  size_t length;
  int32_t width, height, channels;
} cvb_source;

typedef struct cvb_target {
  uint8_t *pixels;
  size_t length;
  int32_t width, height, channels;
} cvb_target;

typedef enum cvb_interpolation {
  CVB_NEAREST = 0,
  CVB_LINEAR = 1,
  CVB_CUBIC = 2,
  CVB_AREA = 3,
} cvb_interpolation;

/* Pixels. The target's size says what size is wanted. */
cvb_status cvb_gray(cvb_source source, cvb_target target, cvb_message *message);
cvb_status cvb_colour(cvb_source source, cvb_target target, cvb_message *message);
cvb_status cvb_resize(cvb_source source, cvb_target target, cvb_interpolation interpolation,
                      cvb_message *message);
/* `matrix` is the row-major 2x3 map from source to target; outside the source lies `border`, or, where
   `border` is negative, the source's nearest edge pixel. */
cvb_status cvb_warp(cvb_source source, cvb_target target, const double matrix[6],
                    cvb_interpolation interpolation, int32_t border, cvb_message *message);

/* Brightness and noise. Equalisation and CLAHE take gray pictures only. */
cvb_status cvb_equalise(cvb_source source, cvb_target target, cvb_message *message);
cvb_status cvb_clahe(cvb_source source, cvb_target target, double clip, int32_t grid,
                     cvb_message *message);
cvb_status cvb_gaussian(cvb_source source, cvb_target target, double sigma, cvb_message *message);
cvb_status cvb_bilateral(cvb_source source, cvb_target target, int32_t diameter, double sigma_colour,
                         double sigma_space, cvb_message *message);
cvb_status cvb_laplacian_variance(cvb_source source, double *variance, cvb_message *message);

/* Drawing, in place, antialiased. `colour` is blue, green, red. */
cvb_status cvb_rectangle(cvb_target target, double x, double y, double width, double height,
                         const uint8_t colour[3], int32_t thickness, cvb_message *message);
cvb_status cvb_line(cvb_target target, double x0, double y0, double x1, double y1,
                    const uint8_t colour[3], int32_t thickness, cvb_message *message);
cvb_status cvb_disc(cvb_target target, double x, double y, double radius, const uint8_t colour[3],
                    cvb_message *message);
/* ASCII text; (x, y) is the left end of its baseline, `height` that of a capital letter in pixels. */
cvb_status cvb_text(cvb_target target, const char *text, double x, double y, double height,
                    const uint8_t colour[3], cvb_message *message);

/* Pose of an object from `count` points, sought from upright before the camera: `object` holds x, y, z of
   each in the object's frame, `picture` x, y of each in pixels. Camera: square pixels, `focal` in pixels,
   principal point (cx, cy), no distortion. `rotation` is a row-major 3x3 matrix from the object's frame to the
   camera's (x right, y down, z away). */
cvb_status cvb_pose(const double *object, const double *picture, size_t count, double focal, double cx,
                    double cy, double rotation[9], cvb_message *message);

/* A cascade classifier read from OpenCV's XML. One handle must not be used by two threads at once. */
typedef struct cvb_cascade cvb_cascade;
cvb_status cvb_cascade_open(const char *path, cvb_cascade **cascade, cvb_message *message);
void cvb_cascade_close(cvb_cascade *cascade);
/* Writes x, y, width, height and a level weight of up to `capacity` objects; `count` is how many there were. */
cvb_status cvb_cascade_detect(cvb_cascade *cascade, cvb_source gray, double step, int32_t neighbours,
                              int32_t smallest, int32_t largest, double *objects, size_t capacity,
                              size_t *count, cvb_message *message);

#ifdef __cplusplus
}
#endif
#endif
