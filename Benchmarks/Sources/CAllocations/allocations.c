#include "CAllocations.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

// Stands in front of the allocator of the whole process, which only glibc allows without tools from outside.
#if defined(__GLIBC__)

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static _Thread_local long of_thread __attribute__((tls_model("initial-exec")));
static atomic_long of_all;
static atomic_bool counts_all;

static inline void count(void) {
    of_thread++;
    // Threads that share a counter wait for each other, so nobody pays for it who has not asked.
    if (atomic_load_explicit(&counts_all, memory_order_relaxed)) {
        atomic_fetch_add_explicit(&of_all, 1, memory_order_relaxed);
    }
}

void *malloc(size_t size) {
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *old, size_t size) {
    count();
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    count();
    *result = __libc_memalign(alignment, size);
    return *result == NULL ? ENOMEM : 0;
}

long ca_of_thread(void) { return of_thread; }

void ca_count_all(bool counts) { atomic_store(&counts_all, counts); }

long ca_of_all(void) { return atomic_load(&of_all); }

#else

long ca_of_thread(void) { return -1; }

void ca_count_all(bool counts) { (void)counts; }

long ca_of_all(void) { return -1; }

#endif
