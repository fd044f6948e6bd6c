/* Vectors that every processor of its kind has, or that the compiler makes of what it has. */
#pragma GCC diagnostic ignored "-Wpsabi"
#include <stdatomic.h>
#include <string.h>

#include "kernels.h"

#define WIDTH_1 16
#define WIDTH_2 16
#define WIDTH_4 32
#include "width.h"

const Kernels baseline_kernels[3] = {KERNELS_OF(1, 16), KERNELS_OF(2, 16), KERNELS_OF(4, 32)};
