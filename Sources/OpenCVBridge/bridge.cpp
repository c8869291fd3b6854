#include "OpenCVBridge.h"

#include <opencv2/core.hpp>

const char *afterclass_opencv_version(void) { return CV_VERSION; }
