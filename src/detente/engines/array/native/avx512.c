/* Vectors of 64 bytes. */
#if defined(__x86_64__) && !defined(DETENTE_PORTABLE)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq")
#endif
#include <immintrin.h>
#include <stdatomic.h>
#include <string.h>

#include "kernels.h"

#define WIDTH_1 64
#define WIDTH_2 64
#define WIDTH_4 64
#include "width.h"

const Kernels avx512_kernels[3] = {KERNELS_OF(1, 64), KERNELS_OF(2, 64), KERNELS_OF(4, 64)};

#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int nothing_for_this_processor;
#endif
