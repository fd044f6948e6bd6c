/* One value at a time: for small spaces, and for whatever has too few fibres side by side. */
#include <stdatomic.h>
#include <string.h>

#include "kernels.h"

#define WIDTH_1 0
#define WIDTH_2 0
#define WIDTH_4 0
#include "width.h"

const Kernels single_kernels[3] = {KERNELS_OF(1, 0), KERNELS_OF(2, 0), KERNELS_OF(4, 0)};
