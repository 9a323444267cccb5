// What a bucket does, in figures. Whole nanoseconds, rounded down; no figure traps, whatever the values.

extension ShapeDisruption {
    /// The largest packet that can ever leave, with its link header: the smaller of the two buckets, or the queue.
    public var largestPacket: Int {
        Int(min(burst.bytes, min(peak?.bucket.bytes ?? .max, limit.bytes)))
    }

    /// The time in which an empty bucket fills.
    public var refillTime: Duration { rate.time(for: Int(burst.bytes)) }

    /// The longest wait of a packet that is not dropped: behind a full queue, which drains at ``rate``.
    ///
    /// A queue is there only while the bucket is empty, so nothing is taken off for ``burst``.
    public var worstQueueingDelay: Duration { rate.time(for: Int(limit.bytes)) }

    /// What `tc` shows as the latency of the queue: the time that LIMIT takes, less what a full bucket lends.
    public var shownLatency: Duration {
        let sustained = rate.time(for: Int(limit.bytes) - Int(burst.bytes))
        guard let peak else { return max(.zero, sustained) }
        return max(.zero, sustained, peak.rate.time(for: Int(limit.bytes) - Int(peak.bucket.bytes)))
    }

    /// The time that so many bytes take after an idle time, when whoever sends them always has the next packet ready.
    ///
    /// - Parameter bytes: Bytes on the wire, link headers included, 0 or more.
    /// - Returns: The time from the first byte; zero when all of them fit into the bucket and nothing limits its draining.
    public func transferTime(of bytes: Int) -> Duration {
        let sustained = max(.zero, rate.time(for: bytes - Int(burst.bytes)))
        guard let peak else { return sustained }
        return max(sustained, peak.rate.time(for: bytes - Int(peak.bucket.bytes)))
    }
}

extension DataRate {
    /// The time that so many bytes take at this rate, rounded down to nanoseconds; negative for a negative number.
    func time(for bytes: Int) -> Duration {
        let nanoseconds = Int128(bytes) * 1_000_000_000 / Int128(max(1, bytesPerSecond))
        return .nanoseconds(Int64(clamping: nanoseconds))
    }
}
