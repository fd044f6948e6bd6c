/* Vectors of 32 bytes. */
#if defined(__x86_64__) && !defined(DETENTE_PORTABLE)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#endif
#include <immintrin.h>
#include <stdatomic.h>
#include <string.h>

#include "kernels.h"

#define WIDTH_1 32
#define WIDTH_2 32
#define WIDTH_4 32
#include "width.h"

const Kernels avx2_kernels[3] = {KERNELS_OF(1, 32), KERNELS_OF(2, 32), KERNELS_OF(4, 32)};

#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int nothing_for_this_processor;
#endif
