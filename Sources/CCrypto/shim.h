// OpenSSL's digests, which use the processor's own SHA instructions.
#ifndef AFTERCLASS_CCRYPTO_SHIM_H
#define AFTERCLASS_CCRYPTO_SHIM_H

#include <openssl/evp.h>

#endif
