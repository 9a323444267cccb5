public import FaultModel

/// Packets at random moments that know nothing of each other, as the sum of many independent senders looks.
///
/// The gaps between them are exponentially distributed.
public struct Poisson: TrafficSource {
    /// The next packet.
    public private(set) var upcoming: Packet?

    private let length: UInt32
    private let end: Int64
    private var gaps: ExponentialGaps

    /// Describes the traffic.
    ///
    /// - Parameters:
    ///   - rate: The average rate of the packets with their link headers.
    ///   - packetLength: The length of each packet, in bytes, at least 1.
    ///   - start: The moment at which it begins, in nanoseconds, 0 or more; the first packet comes one gap later.
    ///   - duration: The time from the beginning to the end, which no packet reaches.
    ///   - seed: What the gaps follow from.
    /// - Precondition: A packet has bytes.
    public init(rate: DataRate, packetLength: UInt32 = 1514, start: Int64 = 0, duration: Duration, seed: UInt64) {
        precondition(packetLength > 0, "a packet has bytes")
        length = packetLength
        end = SourceClock.end(start: start, duration: duration)
        gaps = ExponentialGaps(mean: Double(packetLength) * 1e9 / Double(rate.bytesPerSecond), seed: seed)
        upcoming = SourceClock.packet(at: SourceClock.sum(start, gaps.next()), length: length, before: end)
    }

    /// Goes on to the next packet.
    public mutating func advance() {
        guard let last = upcoming else { return }
        upcoming = SourceClock.packet(at: SourceClock.sum(last.arrival, gaps.next()), length: length, before: end)
    }
}

extension TrafficPattern.Kind {
    static let poisson = TrafficPattern.Kind("poisson", "packets at random moments, as many senders together") {
        reader throws(TrafficPatternError) in
        let rate: DataRate = try reader.value("rate", .quantity, default: "1mbit", "the average rate")
        let size = try reader.packetLength()
        let start = try reader.start()
        let duration = try reader.duration()
        try reader.check(packets: SourceClock.packets(at: rate, length: size, in: duration))
        return { seed in
            Poisson(
                rate: rate, packetLength: size, start: start.wholeNanoseconds, duration: duration, seed: seed)
        }
    }
}
