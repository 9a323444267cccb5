#include "CTokenBucket.h"

#include <stdlib.h>

// The arithmetic of the kernel in its max-plus form, written as plainly as C allows; see TokenBucket.swift for what it means.

static const uint64_t dropped = 0x9E3779B97F4A7C15;

static inline int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

static inline uint64_t mixed(uint64_t sum, uint64_t word) { return (sum << 5 | sum >> 59) ^ word; }

typedef struct {
    uint64_t multiplier;
    uint64_t shift;
} price;

static price price_of(uint64_t rate) {
    uint64_t factor = 1000000000;
    price price = {(uint32_t)(factor / rate), 0};
    while (!(price.multiplier & 1u << 31) && !(factor >> 63)) {
        factor <<= 1;
        price.shift += 1;
        price.multiplier = (uint32_t)(factor / rate);
    }
    return price;
}

static inline int64_t cost(price price, uint32_t length) {
    return (int64_t)((uint64_t)length * price.multiplier >> price.shift);
}

ctb_result ctb_single(const ctb_settings *settings, const ctb_packet *packets, size_t count) {
    const price price = price_of(settings->rate);
    const int64_t capacity = cost(price, settings->burst);
    int64_t empty = -capacity;
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const int64_t arrival = packets[i].arrival;
        const int64_t tokens = cost(price, packets[i].length);
        sum = mixed(sum, (uint64_t)larger(arrival, empty + tokens));
        empty = larger(empty, arrival - capacity) + tokens;
    }
    return (ctb_result){sum, 0};
}

ctb_result ctb_dual(const ctb_settings *settings, const ctb_packet *packets, size_t count) {
    const price price = price_of(settings->rate), peak = price_of(settings->peak_rate);
    const int64_t capacity = cost(price, settings->burst), peak_capacity = cost(peak, settings->peak_bucket);
    int64_t empty = -capacity, peak_empty = -peak_capacity;
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const int64_t arrival = packets[i].arrival;
        const int64_t tokens = cost(price, packets[i].length), peak_tokens = cost(peak, packets[i].length);
        const int64_t departure = larger(larger(arrival, empty + tokens), peak_empty + peak_tokens);
        sum = mixed(sum, (uint64_t)departure);
        empty = larger(empty, arrival - capacity) + tokens;
        peak_empty = larger(peak_empty, arrival - peak_capacity) + peak_tokens;
    }
    return (ctb_result){sum, 0};
}

typedef struct {
    int64_t departure;
    uint32_t length;
} place;

ctb_result ctb_queue(const ctb_settings *settings, const ctb_packet *packets, size_t count) {
    const price price = price_of(settings->rate), peak = price_of(settings->peak_rate);
    const int64_t capacity = cost(price, settings->burst), peak_capacity = cost(peak, settings->peak_bucket);
    const uint32_t largest = settings->burst < settings->peak_bucket ? settings->burst : settings->peak_bucket;
    const uint64_t limit = settings->limit;
    int64_t empty = -capacity, peak_empty = -peak_capacity;
    uint64_t waiting = 0, sum = 0, drops = 0;
    size_t mask = 63, head = 0, tail = 0;
    place *ring = malloc((mask + 1) * sizeof(place));
    if (ring == NULL) abort();
    for (size_t i = 0; i < count; i++) {
        const int64_t arrival = packets[i].arrival;
        const uint32_t length = packets[i].length;
        if (length > largest) {
            sum = mixed(sum, ~dropped);
            drops++;
            continue;
        }
        while (head != tail && ring[head & mask].departure <= arrival) {
            waiting -= ring[head & mask].length;
            head++;
        }
        if (waiting + length > limit) {
            sum = mixed(sum, dropped);
            drops++;
            continue;
        }
        const int64_t tokens = cost(price, length), peak_tokens = cost(peak, length);
        const int64_t departure = larger(larger(arrival, empty + tokens), peak_empty + peak_tokens);
        empty = larger(empty, arrival - capacity) + tokens;
        peak_empty = larger(peak_empty, arrival - peak_capacity) + peak_tokens;
        if (departure > arrival) {
            if (tail - head > mask) {
                place *grown = malloc((mask + 1) * 2 * sizeof(place));
                if (grown == NULL) abort();
                for (size_t p = head; p != tail; p++) grown[p & (mask * 2 + 1)] = ring[p & mask];
                free(ring);
                ring = grown;
                mask = mask * 2 + 1;
            }
            ring[tail & mask] = (place){departure, length};
            tail++;
            waiting += length;
        }
        sum = mixed(sum, (uint64_t)departure);
    }
    free(ring);
    return (ctb_result){sum, drops};
}
