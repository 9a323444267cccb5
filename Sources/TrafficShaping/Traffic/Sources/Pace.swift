import FaultModel

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
