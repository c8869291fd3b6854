#include "TesseractBridge.h"

#include <tesseract/baseapi.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>

struct tsb_reader {
  tesseract::TessBaseAPI api;
};

namespace {

void require(bool holds, const char *otherwise) {
  if (!holds) throw std::invalid_argument(otherwise);
}

template <typename Body> bool guarded(tsb_message *message, Body body) noexcept {
  const char *reason = "an unknown error";
  try {
    body();
    return true;
  } catch (const std::exception &error) {
    if (message) std::snprintf(message->text, sizeof message->text, "%s", error.what());
    return false;
  } catch (...) {
    if (message) std::snprintf(message->text, sizeof message->text, "%s", reason);
    return false;
  }
}

}  // namespace

bool tsb_open(const char *language, tsb_reader **reader, tsb_message *message) {
  return guarded(message, [&] {
    require(language && reader, "a pointer is missing");
    auto opened = std::make_unique<tsb_reader>();
    opened->api.SetVariable("debug_file", "/dev/null");
    require(opened->api.Init(nullptr, language, tesseract::OEM_LSTM_ONLY) == 0,
            "the language's data are not installed");
    opened->api.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    opened->api.SetVariable("debug_file", "/dev/null");
    *reader = opened.release();
  });
}

void tsb_close(tsb_reader *reader) { delete reader; }

bool tsb_read_line(tsb_reader *reader, const uint8_t *pixels, size_t length, int32_t width, int32_t height,
                   char *text, size_t capacity, int32_t *confidence, tsb_message *message) {
  return guarded(message, [&] {
    require(reader && pixels && text && capacity > 0 && confidence, "a pointer is missing");
    require(width > 0 && height > 0 && length == size_t(width) * size_t(height),
            "the buffer's length does not fit the picture's size");
    reader->api.SetImage(pixels, width, height, 1, width);
    reader->api.SetSourceResolution(300);
    std::unique_ptr<char[]> read(reader->api.GetUTF8Text());
    std::snprintf(text, capacity, "%s", read ? read.get() : "");
    *confidence = reader->api.MeanTextConf();
    reader->api.Clear();
  });
}
