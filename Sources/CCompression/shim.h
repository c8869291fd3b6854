// The three decompressors that public data sets come in, and what Swift cannot import of them: macros.
#ifndef AFTERCLASS_CCOMPRESSION_SHIM_H
#define AFTERCLASS_CCOMPRESSION_SHIM_H

#include <stdio.h>
#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>

static inline lzma_stream afterclass_lzma_stream(void) {
  lzma_stream stream = LZMA_STREAM_INIT;
  return stream;
}

static inline lzma_ret afterclass_lzma_decoder(lzma_stream *stream, uint64_t memory_limit) {
  return lzma_stream_decoder(stream, memory_limit, LZMA_CONCATENATED);
}

#endif
