#ifndef C_ALLOCATIONS_H
#define C_ALLOCATIONS_H

#include <stdbool.h>

/// The allocations of the calling thread so far, or -1 where they cannot be counted.
long ca_of_thread(void);

/// Whether the allocations of all threads are counted from now on, which slows each of them down a little.
void ca_count_all(bool counts);

/// The allocations of all threads that were counted so far, or -1 where they cannot be counted.
long ca_of_all(void);

#endif
