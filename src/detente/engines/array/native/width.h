/* All kernels of one width of vectors, for values of 1, 2 and 4 bytes; WIDTH(bytes of a value) gives the bytes of a vector of them. */

#define VALUE uint8_t
#define VALUE_BYTES 1
#define VECTOR_BYTES WIDTH_1
#include "all.h"
#define VALUE uint16_t
#define VALUE_BYTES 2
#define VECTOR_BYTES WIDTH_2
#include "all.h"
#define VALUE uint32_t
#define VALUE_BYTES 4
#define VECTOR_BYTES WIDTH_4
#include "all.h"
