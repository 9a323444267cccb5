import FaultModel

/// What sources share about time.
enum SourceClock {
    /// The moment at which a source ends, which no packet reaches; within what a packet may have.
    static func end(start: Int64, duration: Duration) -> Int64 {
        let (end, overflow) = start.addingReportingOverflow(duration.wholeNanoseconds)
        return overflow ? Packet.latestArrival : min(end, Packet.latestArrival)
    }

    /// A packet, unless its moment is not before the end.
    static func packet(at moment: Int64, length: UInt32, before end: Int64) -> Packet? {
        moment >= 0 && moment < end ? Packet(arrival: moment, length: length) : nil
    }
}

/// The distances of packets of equal length at a rate, in whole nanoseconds that never fall behind.
struct Pace: Sendable {
    private let whole: UInt64
    private let part: UInt64
    private let rate: UInt64
    private var carried: UInt64 = 0

    init(length: UInt32, rate: DataRate) {
        self.rate = rate.bytesPerSecond
        (whole, part) = (UInt64(length) * 1_000_000_000).quotientAndRemainder(dividingBy: rate.bytesPerSecond)
    }

    /// The distance from one packet to the next, in nanoseconds.
    mutating func next() -> Int64 {
        carried += part
        guard carried >= rate else { return Int64(clamping: whole) }
        carried -= rate
        return Int64(clamping: whole + 1)
    }
}
