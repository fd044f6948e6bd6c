/* A few threads that wait for work, so that no pass over a space has to start any. */
#ifndef DETENTE_POOL_H
#define DETENTE_POOL_H

#include <stddef.h>

/* Work on the items from `first` up to `last`; `worker` is from 0 up to `pool_size() - 1`, and no two at once have the same. */
typedef void (*pool_work)(void *what, int worker, size_t first, size_t last);

/* How many threads work together, this one included: DETENTE_THREADS, otherwise as many as there are cores for this process. */
int pool_size(void);

/* Do all items, in parts of `grain`, on all threads; on this one alone where the others are at work for somebody else. */
void pool_run(pool_work work, void *what, size_t items, size_t grain);

#endif
