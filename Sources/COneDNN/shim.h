// What Swift needs of oneDNN: its C header, and the number of threads of the OpenMP runtime under it.
#ifndef AFTERCLASS_CONEDNN_SHIM_H
#define AFTERCLASS_CONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>

// Declared here because gcc's omp.h is not on clang's path.
void omp_set_num_threads(int);
int omp_get_max_threads(void);

#endif
