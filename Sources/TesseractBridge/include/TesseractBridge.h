#ifndef AFTERCLASS_TESSERACT_BRIDGE_H
#define AFTERCLASS_TESSERACT_BRIDGE_H

#include <stddef.h>
#include <stdint.h>

/*
 Reading one line of printed text with Tesseract, as plain C.

 Every buffer belongs to the caller, who states its length; nothing is kept after a call returns but
 what the opaque handle names. No C++ exception leaves a function: it becomes false and a message.
 */

#ifdef __cplusplus
extern "C" {
#endif

#include <stdbool.h>

typedef struct tsb_message {
  char text[256];
} tsb_message;

typedef struct tsb_reader tsb_reader;

/// A reader for a language that is installed, such as "eng". Not for use from two threads at once.
bool tsb_open(const char *language, tsb_reader **reader, tsb_message *message);

void tsb_close(tsb_reader *reader);

/// Reads a gray picture of one line, dark on light, rows from the top, tightly packed. `text` receives UTF-8
/// ended by a zero, cut short where it does not fit; `confidence` 0 to 100.
bool tsb_read_line(tsb_reader *reader, const uint8_t *pixels, size_t length, int32_t width, int32_t height,
                   char *text, size_t capacity, int32_t *confidence, tsb_message *message);

#ifdef __cplusplus
}
#endif

#endif
