public import FaultModel

/// Packets of equal length at equal distances, as a stream of audio or a test sends them.
public struct ConstantRate: TrafficSource {
    /// The next packet.
    public private(set) var upcoming: Packet?

    private let length: UInt32
    private let end: Int64
    private var pace: Pace

    /// Describes the traffic.
    ///
    /// - Parameters:
    ///   - rate: The rate of the packets with their link headers.
    ///   - packetLength: The length of each packet, in bytes, at least 1.
    ///   - start: The moment of the first packet, in nanoseconds, 0 or more.
    ///   - duration: The time from the first packet to the end, which no packet reaches.
    /// - Precondition: A packet has bytes.
    public init(rate: DataRate, packetLength: UInt32 = 1514, start: Int64 = 0, duration: Duration) {
        precondition(packetLength > 0, "a packet has bytes")
        length = packetLength
        end = SourceClock.end(start: start, duration: duration)
        pace = Pace(length: packetLength, rate: rate)
        upcoming = SourceClock.packet(at: start, length: packetLength, before: end)
    }

    /// Goes on to the next packet.
    public mutating func advance() {
        guard let last = upcoming else { return }
        upcoming = SourceClock.packet(at: SourceClock.sum(last.arrival, pace.next()), length: length, before: end)
    }
}

extension TrafficPattern.Kind {
    static let constant = TrafficPattern.Kind("constant", "packets of equal length at equal distances") {
        reader throws(TrafficPatternError) in
        let rate: DataRate = try reader.value("rate", .quantity, default: "1mbit", "the rate of the packets")
        let size = try reader.packetLength()
        let start = try reader.start()
        let duration = try reader.duration()
        try reader.check(packets: SourceClock.packets(at: rate, length: size, in: duration))
        return { _ in
            ConstantRate(rate: rate, packetLength: size, start: start.wholeNanoseconds, duration: duration)
        }
    }
}
