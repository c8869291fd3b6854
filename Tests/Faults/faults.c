// Preloaded into a run, makes its Nth call of one kind fail: FAULT_KIND, FAULT_AT (from 1), FAULT_ERRNO; with
// FAULT_STAYS every later call fails too, as on a full disk. FAULT_COUNT names a file for how many calls there were.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

/// Whether this call of `kind` is to fail; sets errno.
static int fails(const char *kind) {
  const char *wanted = getenv("FAULT_KIND");
  if (!wanted || strcmp(wanted, kind)) return 0;
  long call = atomic_fetch_add(&calls, 1) + 1;
  long at = atol(getenv("FAULT_AT"));
  if (call != at && !(getenv("FAULT_STAYS") && call > at)) return 0;
  errno = atoi(getenv("FAULT_ERRNO"));
  return 1;
}

__attribute__((destructor)) static void count(void) {
  const char *path = getenv("FAULT_COUNT");
  unsetenv("FAULT_KIND");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld\n", (long)calls);
  fclose(file);
}

#define NEXT(name) \
  static __typeof__(&name) next; \
  if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/// Files alone: what a run says on its terminal is not kept.
static int keeps(int descriptor) {
  struct stat status;
  return descriptor > 2 && !fstat(descriptor, &status) && S_ISREG(status.st_mode);
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  NEXT(write);
  return keeps(descriptor) && fails("write") ? -1 : next(descriptor, bytes, size);
}

ssize_t read(int descriptor, void *bytes, size_t size) {
  NEXT(read);
  Dl_info caller;
  int isRecording = getenv("FAULT_KIND") && dladdr(__builtin_return_address(0), &caller) && caller.dli_fname &&
                    strstr(caller.dli_fname, "libavformat");
  return isRecording && fails("read") ? -1 : next(descriptor, bytes, size);
}

// Calls that the C library has twice, by the width of an offset or by what is written with the data.
#define PWRITE(name, offset_type) \
  ssize_t name(int descriptor, const void *bytes, size_t size, offset_type offset) { \
    NEXT(name); \
    return keeps(descriptor) && fails("write") ? -1 : next(descriptor, bytes, size, offset); \
  }
#define TRUNCATE(name, offset_type) \
  int name(int descriptor, offset_type size) { \
    NEXT(name); \
    return keeps(descriptor) && fails("truncate") ? -1 : next(descriptor, size); \
  }
#define SYNC(name) \
  int name(int descriptor) { \
    NEXT(name); \
    return fails("sync") ? -1 : next(descriptor); \
  }
#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    NEXT(name); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    return flags & (O_WRONLY | O_RDWR) && fails("open") ? -1 : next(path, flags, mode); \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
SYNC(fsync)
SYNC(fdatasync)
OPEN(open)
OPEN(open64)

int rename(const char *from, const char *to) {
  NEXT(rename);
  return fails("rename") ? -1 : next(from, to);
}

int unlink(const char *path) {
  NEXT(unlink);
  return fails("unlink") ? -1 : next(path);
}

int mkdir(const char *path, mode_t mode) {
  NEXT(mkdir);
  return fails("mkdir") ? -1 : next(path, mode);
}

/// FFmpeg's large pieces of memory (planes, packets, tables) and oneDNN's. Small ones are left alone: without those,
/// Swift and oneDNN end a process by themselves.
enum { LARGE = 4096 };
int posix_memalign(void **memory, size_t alignment, size_t size) {
  NEXT(posix_memalign);
  Dl_info caller;
  if (getenv("FAULT_KIND") && dladdr(__builtin_return_address(0), &caller) && caller.dli_fname) {
    const char *kind = strstr(caller.dli_fname, "libavutil") ? "frame"
                     : strstr(caller.dli_fname, "libdnnl") ? "network" : NULL;
    if (kind && size >= LARGE && fails(kind)) return errno;
  }
  return next(memory, alignment, size);
}
