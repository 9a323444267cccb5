#ifndef C_TOKEN_BUCKET_H
#define C_TOKEN_BUCKET_H

#include <stddef.h>
#include <stdint.h>

/// A packet of a trace: nanoseconds and bytes.
typedef struct {
    int64_t arrival;
    uint32_t length;
} ctb_packet;

/// Bytes per second and bytes; a peak of 0 is none.
typedef struct {
    uint64_t rate;
    uint32_t burst;
    uint64_t peak_rate;
    uint32_t peak_bucket;
    uint32_t limit;
} ctb_settings;

/// What a pass over a trace came to. The checksum depends on every departure and every outcome, and on their order.
typedef struct {
    uint64_t checksum;
    uint64_t dropped;
} ctb_result;

/// One bucket, nothing dropped.
ctb_result ctb_single(const ctb_settings *settings, const ctb_packet *packets, size_t count);
/// Two buckets, nothing dropped.
ctb_result ctb_dual(const ctb_settings *settings, const ctb_packet *packets, size_t count);
/// Two buckets and a queue of so many bytes.
ctb_result ctb_queue(const ctb_settings *settings, const ctb_packet *packets, size_t count);

#endif
