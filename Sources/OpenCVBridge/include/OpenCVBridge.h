#ifndef AFTERCLASS_OPENCV_BRIDGE_H
#define AFTERCLASS_OPENCV_BRIDGE_H
#ifdef __cplusplus
extern "C" {
#endif
const char *afterclass_opencv_version(void);
#ifdef __cplusplus
}
#endif
#endif
