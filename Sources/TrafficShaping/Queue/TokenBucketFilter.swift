import FaultModel

/// The queueing discipline `tbf` of Linux, step by step: packets in, wake-ups in, packets out.
///
/// Whoever drives it does what the kernel around the discipline does: after each packet that it hands in, and when the
/// moment ``wakeUpAt`` has come, it takes out what may leave until nothing more may.
///
/// ```swift
/// filter.enqueue(packet, at: now)
/// while let packet = filter.dequeue(at: now) { … }
/// // … and again at filter.wakeUpAt, or later
/// ```
///
/// A driver that is late changes nothing but the moments: tokens are taken when a packet leaves.
public struct TokenBucketFilter: Sendable {
    /// A packet that waits.
    public struct Entry: Hashable, Sendable {
        /// Its length in bytes, as the queueing discipline counts it.
        public let length: UInt32
        /// The packets that it counts as: the segments of a super-packet, otherwise 1.
        public let segments: UInt32
        /// What the driver knows it by.
        public let tag: Int

        /// Describes a packet.
        ///
        /// - Parameters:
        ///   - length: Its length in bytes.
        ///   - segments: The packets that it counts as, at least 1.
        ///   - tag: What the driver knows it by.
        public init(length: UInt32, segments: UInt32 = 1, tag: Int = 0) {
            self.length = length
            self.segments = segments
            self.tag = tag
        }
    }

    /// What the kernel shows as `Sent`, `dropped` and `overlimits`.
    public struct Counters: Hashable, Sendable {
        /// Bytes that left.
        public internal(set) var sentBytes: UInt64 = 0
        /// Packets that left; each segment of a super-packet counts.
        public internal(set) var sentPackets: UInt64 = 0
        /// Packets that were refused for want of room; a super-packet counts once.
        public internal(set) var droppedAtLimit: UInt64 = 0
        /// Packets that were refused because a bucket is too small; a super-packet counts once.
        public internal(set) var droppedAsOversize: UInt64 = 0
        /// Attempts to take a packet out that found one and not its tokens.
        public internal(set) var overlimits: UInt64 = 0

        /// Creates counters at zero.
        public init() {}

        /// Packets that were refused.
        public var dropped: UInt64 { droppedAtLimit + droppedAsOversize }
    }

    /// What becomes of a packet at the entrance.
    public enum Admission: Hashable, Sendable {
        /// It waits, perhaps for no time at all.
        case queued
        /// It is dropped, because the queue has no room for it.
        case limit
        /// It is dropped, because it is larger than a bucket and could never leave.
        case oversize
    }

    /// The settings.
    public private(set) var configuration: ShaperConfiguration
    /// What has been counted so far.
    public private(set) var counters = Counters()
    /// The bytes that wait.
    public private(set) var backlog: UInt64 = 0
    /// The moment at which the driver has to look again, in nanoseconds; the last one asked for stays until it has come.
    public private(set) var wakeUpAt: Int64?

    private var bucket: TokenBucket
    private var queue = FIFO<Entry>()

    /// Creates an empty queue and full buckets.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - moment: The moment at which the buckets are full, in nanoseconds.
    public init(_ configuration: ShaperConfiguration, at moment: Int64 = 0) {
        self.configuration = configuration
        bucket = TokenBucket(configuration, fullAt: moment)
    }

    /// The packets that wait.
    public var waitingPackets: Int { queue.count }

    /// Whether the first packet costs more than a full bucket holds, which a change of the settings can bring about.
    ///
    /// It never leaves, and neither does anything behind it; the kernel's timer goes off in vain for ever. Another change
    /// can free it.
    public var isStuck: Bool { shortfall > 0 }

    /// What the first packet costs beyond what a full bucket holds, in nanoseconds; 0 when it can be paid for.
    var shortfall: Int64 {
        guard let next = queue.first else { return 0 }
        let shortfall = max(0, configuration.cost.nanoseconds(for: next.length) &- configuration.capacity)
        guard configuration.peak != nil else { return shortfall }
        return max(shortfall, configuration.peakCost.nanoseconds(for: next.length) &- configuration.peakCapacity)
    }

    /// Takes a packet in, or refuses it.
    ///
    /// - Parameter entry: The packet.
    /// - Returns: What becomes of it.
    public mutating func enqueue(_ entry: Entry) -> Admission {
        if entry.length > configuration.largestPacket {
            counters.droppedAsOversize += 1
            return .oversize
        }
        if backlog + UInt64(entry.length) > UInt64(configuration.limit.bytes) {
            counters.droppedAtLimit += 1
            return .limit
        }
        queue.append(entry)
        backlog += UInt64(entry.length)
        return .queued
    }

    /// Takes the next packet out if it may leave; otherwise asks to be called at ``wakeUpAt``.
    ///
    /// - Parameter moment: The present moment, in nanoseconds.
    /// - Returns: The packet, which has left.
    public mutating func dequeue(at moment: Int64) -> Entry? {
        if let wakeUpAt, wakeUpAt <= moment { self.wakeUpAt = nil }
        guard let next = queue.first else { return nil }
        let wait = bucket.wait(for: next.length, at: moment)
        guard wait <= 0 else {
            // The kernel arms its timer anew; for a packet that can be paid for it is the same moment.
            wakeUpAt = moment &+ wait
            counters.overlimits += 1
            return nil
        }
        bucket.charge(next.length, at: moment)
        queue.removeFirst()
        backlog -= UInt64(next.length)
        counters.sentBytes += UInt64(next.length)
        counters.sentPackets += UInt64(next.segments)
        return next
    }

    /// Changes the settings as `tc qdisc change` does: the buckets are full again, what waits goes on waiting, and a moment
    /// that was asked for stays.
    ///
    /// The first packet may therefore wait for the old moment although the new settings would let it go, unless another
    /// packet arrives before.
    ///
    /// - Parameters:
    ///   - configuration: The new settings.
    ///   - moment: The present moment, in nanoseconds.
    public mutating func change(to configuration: ShaperConfiguration, at moment: Int64) {
        self.configuration = configuration
        bucket = TokenBucket(configuration, fullAt: moment)
    }

    /// Drops everything that waits, as removing the discipline does.
    ///
    /// - Returns: What was dropped, in order. The counters do not know it, because the kernel's go with the discipline.
    public mutating func discardAll() -> [Entry] {
        let discarded = queue.removeAll()
        backlog = 0
        wakeUpAt = nil
        return discarded
    }
}
