/* A second opinion for tests: an ONNX file run by OpenCV's dnn. No product links it. */
#ifndef AFTERCLASS_OPENCV_NETWORK_H
#define AFTERCLASS_OPENCV_NETWORK_H

#ifdef __cplusplus
extern "C" {
#endif

/* Runs a picture network of one input. `shape` is batch, channels, height, width; `name` is the output that is
   wanted, NULL for the last; `output` has room for `capacity` floats. Returns how many it gave, or -1 with the
   reason in `error`. */
int opencv_network_run(
  const char *path, const float *input, const int *shape, const char *name, float *output, int capacity,
  char *error,
  int error_capacity);

#ifdef __cplusplus
}
#endif
#endif
