/// What a link did, over time, in bins of equal width.
///
/// The width doubles whenever there would be too many bins, so a timeline of any length takes the same memory.
public struct LinkTimeline: Hashable, Sendable {
    /// A piece of the time.
    public struct Bin: Hashable, Sendable {
        /// The moment at which it begins, in nanoseconds.
        public let start: Int64
        /// The length of time that it covers, in nanoseconds.
        public let width: Int64
        /// What arrived in it.
        public internal(set) var arrived = TrafficVolume.zero
        /// What left in it, whenever it arrived.
        public internal(set) var sent = TrafficVolume.zero
        /// What was dropped in it because the queue had no room.
        public internal(set) var droppedAtLimit = TrafficVolume.zero
        /// What was dropped in it because a bucket is too small.
        public internal(set) var droppedAsOversize = TrafficVolume.zero
        /// What was dropped in it because the link was removed.
        public internal(set) var discarded = TrafficVolume.zero
        /// The most bytes that waited at once.
        public internal(set) var largestBacklog: UInt64 = 0
        /// The bytes that waited, averaged over the time and rounded down.
        public internal(set) var meanBacklog: UInt64 = 0
        /// The longest wait of a packet that left in it, in nanoseconds.
        public internal(set) var largestDelay: Int64 = 0
        /// The wait of the packets that left in it, averaged over the packets, in nanoseconds and rounded down.
        public internal(set) var meanDelay: Int64 = 0

        init(start: Int64, width: Int64) {
            self.start = start
            self.width = width
        }

        /// What was dropped in it, for any reason.
        public var dropped: TrafficVolume { droppedAtLimit + droppedAsOversize + discarded }
        /// The rate of departures, or `nil` for a bin without width.
        public var sentRate: MeasuredRate? { MeasuredRate(bytes: sent.bytes, nanoseconds: UInt64(clamping: width)) }
        /// The rate of arrivals, or `nil` for a bin without width.
        public var offeredRate: MeasuredRate? {
            MeasuredRate(bytes: arrived.bytes, nanoseconds: UInt64(clamping: width))
        }
    }

    /// The width of each bin in nanoseconds, a power of two.
    public let width: Int64
    /// The bins, from the first arrival to the last arrival or departure, without gaps; empty when nothing arrived.
    public let bins: [Bin]
}
