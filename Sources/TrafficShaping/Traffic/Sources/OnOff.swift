public import FaultModel

/// Bursts with silence between them.
///
/// In a burst, packets follow each other at a rate; the first comes at its beginning.
public struct OnOff: TrafficSource {
    /// How long bursts and silences last.
    public enum Lengths: String, Hashable, Sendable, CaseIterable {
        /// Always equally long.
        case fixed
        /// Exponentially distributed around the length that is given.
        case random
    }

    /// The next packet.
    public private(set) var upcoming: Packet?

    private let length: UInt32
    private let end: Int64
    private let on: Int64
    private let off: Int64
    private let fullPace: Pace
    private var pace: Pace
    private var burstEnd: Int64
    /// Of bursts and of silences.
    private var random: (on: ExponentialGaps, off: ExponentialGaps)?

    /// Describes the traffic.
    ///
    /// - Parameters:
    ///   - rate: The rate of the packets in a burst, with their link headers.
    ///   - on: How long a burst lasts, at least a nanosecond.
    ///   - off: How long it is silent between two bursts.
    ///   - lengths: Whether these are the lengths, or their averages.
    ///   - packetLength: The length of each packet, in bytes, at least 1.
    ///   - start: The moment of the first packet, in nanoseconds, 0 or more.
    ///   - duration: The time from the first packet to the end, which no packet reaches.
    ///   - seed: What random lengths follow from.
    /// - Precondition: A burst lasts, silence is not negative, and a packet has bytes.
    public init(
        rate: DataRate, on: Duration, off: Duration, lengths: Lengths = .fixed, packetLength: UInt32 = 1514,
        start: Int64 = 0, duration: Duration, seed: UInt64 = 0
    ) {
        precondition(on >= .nanoseconds(1) && off >= .zero, "a burst lasts, and silence is not negative")
        precondition(packetLength > 0, "a packet has bytes")
        length = packetLength
        end = SourceClock.end(start: start, duration: duration)
        (self.on, self.off) = (on.wholeNanoseconds, off.wholeNanoseconds)
        fullPace = Pace(length: packetLength, rate: rate)
        pace = fullPace
        burstEnd = start
        if lengths == .random {
            var seeds = SplitMix64(seed: seed)
            random = (
                ExponentialGaps(mean: Double(self.on), seed: seeds.next()),
                ExponentialGaps(mean: Double(self.off), seed: seeds.next())
            )
        }
        burstEnd = SourceClock.sum(start, nextOn())
        upcoming = SourceClock.packet(at: start, length: length, before: end)
    }

    /// Goes on to the next packet.
    public mutating func advance() {
        guard let last = upcoming else { return }
        var moment = SourceClock.sum(last.arrival, pace.next())
        if moment >= burstEnd {
            moment = SourceClock.sum(burstEnd, nextOff())
            burstEnd = SourceClock.sum(moment, nextOn())
            pace = fullPace
        }
        upcoming = SourceClock.packet(at: moment, length: length, before: end)
    }

    private mutating func nextOn() -> Int64 { random?.on.next() ?? on }
    private mutating func nextOff() -> Int64 { random?.off.next() ?? off }
}

extension TrafficPattern.Kind {
    static let onOff = TrafficPattern.Kind("on-off", "bursts with silence between them") {
        reader throws(TrafficPatternError) in
        let rate: DataRate = try reader.value("rate", .quantity, default: "10mbit", "the rate in a burst")
        let on = try reader.value("on", .longDuration, default: "100ms", "how long a burst lasts")
        let off = try reader.value("off", .duration, default: "900ms", "how long it is silent between two bursts")
        let lengths: OnOff.Lengths = try reader.value(
            "lengths", .choice, default: "fixed", "whether on and off are exact, or averages of random lengths")
        let size = try reader.packetLength()
        let start = try reader.start()
        let duration = try reader.duration()
        // Each burst has a packet, however short it is.
        let bursts = Double(duration.wholeNanoseconds) / Double(on.wholeNanoseconds + off.wholeNanoseconds)
        try reader.check(packets: SourceClock.packets(at: rate, length: size, in: duration) + bursts)
        return { seed in
            OnOff(
                rate: rate, on: on, off: off, lengths: lengths, packetLength: size, start: start.wholeNanoseconds,
                duration: duration, seed: seed)
        }
    }
}
