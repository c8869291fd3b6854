// What Swift needs of oneDNN: its C header, and the number of threads of the OpenMP runtime under it.
#ifndef AFTERCLASS_CONEDNN_SHIM_H
#define AFTERCLASS_CONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

// Declared here because gcc's omp.h is not on clang's path.
void omp_set_num_threads(int);
int omp_get_max_threads(void);

// Whether the maker of this processor is Intel, by the first letters of its name ("Genu").
static inline int processor_is_by_intel(void) {
#if defined(__x86_64__)
  unsigned int largest, first, last, middle;
  return __get_cpuid(0, &largest, &first, &last, &middle) && first == 0x756e6547;
#else
  return 0;
#endif
}

#endif
