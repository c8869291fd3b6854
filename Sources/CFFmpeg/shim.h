// What Swift needs of FFmpeg: the headers, and the macros that its importer cannot see.
#ifndef AFTERCLASS_CFFMPEG_SHIM_H
#define AFTERCLASS_CFFMPEG_SHIM_H

// Where blocks of memory go: not in Swift's module of the C library.
#include <malloc.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

static inline int afterclass_AVERROR_EOF(void) { return AVERROR_EOF; }
static inline int afterclass_AVERROR_EAGAIN(void) { return AVERROR(EAGAIN); }
static inline int afterclass_AVERROR_EIO(void) { return AVERROR(EIO); }
static inline int afterclass_AVERROR_ENOMEM(void) { return AVERROR(ENOMEM); }
static inline int64_t afterclass_AV_NOPTS_VALUE(void) { return AV_NOPTS_VALUE; }

#endif
