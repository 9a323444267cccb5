import FaultModel

/// Lengths of time of which the next never follows from the last: those between the events of a Poisson process.
struct ExponentialGaps: Sendable {
    private let mean: Double
    private var random: SplitMix64
    /// The part of a nanosecond that was cut off before.
    private var carried = 0.0

    /// Starts a sequence.
    ///
    /// - Parameters:
    ///   - mean: The average in nanoseconds, 0 or more.
    ///   - seed: What the lengths follow from.
    init(mean: Double, seed: UInt64) {
        self.mean = mean
        random = SplitMix64(seed: seed)
    }

    /// The next length in nanoseconds.
    mutating func next() -> Int64 {
        // 53 bits, from 2^-53 to 1: the logarithm of 0 does not exist.
        let uniform = Double(random.next() >> 11 &+ 1) * 0x1p-53
        let exact = carried - NaturalLogarithm.of(uniform) * mean
        // 36 times the mean is the longest; beyond the clock the traffic has ended anyway.
        guard exact < 0x1p62 else { return Packet.latestArrival }
        let whole = Int64(exact)
        carried = exact - Double(whole)
        return whole
    }
}
