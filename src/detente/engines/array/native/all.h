/* One width of values: lanes.h and passes.h, and then none of the names they use. */
#include "lanes.h"
#include "passes.h"
#undef VALUE
#undef VALUE_BYTES
#undef VECTOR_BYTES
#undef LANES
#undef LANE_BITS
#undef T
#undef V
#undef Q
#undef ONES
#undef NAME
#undef GLUE
#undef GLUE2
