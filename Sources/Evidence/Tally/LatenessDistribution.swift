public import FaultModel

/// How late resets were sent: extremes exactly, quantiles to within an eighth.
///
/// A fixed number of buckets, eight to each doubling, holds any number of samples.
public struct LatenessDistribution: Hashable, Sendable {
    /// The number of samples.
    public private(set) var count = 0
    /// The smallest sample, or `nil` when there is none.
    public private(set) var minimum: Duration?
    /// The largest sample, or `nil` when there is none.
    public private(set) var maximum: Duration?
    private var buckets: [Int] = []

    /// Creates a distribution of nothing.
    public init() {}

    /// The middle sample, see ``quantile(_:)``.
    public var median: Duration? { quantile(50) }

    /// The length of time that a share of the samples does not exceed.
    ///
    /// - Parameter share: The share of the samples; 0 % gives the smallest and 100 % the largest.
    /// - Returns: At least the exact figure and at most an eighth more, or `nil` when there is no sample.
    public func quantile(_ share: Percentage) -> Duration? {
        guard let minimum, let maximum else { return nil }
        if share == .zero { return minimum }
        // The smallest rank whose share of the samples reaches the one asked for, in whole numbers.
        let rank = (count * share.value + 99) / 100
        if rank == count { return maximum }
        var seen = 0
        for (index, samples) in buckets.enumerated() {
            seen += samples
            if seen >= rank { return max(minimum, min(maximum, .nanoseconds(Self.upperBound(ofBucket: index)))) }
        }
        return maximum
    }

    /// Adds a sample.
    mutating func add(_ lateness: Duration) {
        if buckets.isEmpty { buckets = Array(repeating: 0, count: Self.bucket(for: .max) + 1) }
        count += 1
        minimum = min(minimum ?? lateness, lateness)
        maximum = max(maximum ?? lateness, lateness)
        buckets[Self.bucket(for: lateness.wholeNanoseconds)] += 1
    }

    /// The bucket of a length in nanoseconds: exact below 8, then the position of the leading bit and the three after it.
    static func bucket(for nanoseconds: Int64) -> Int {
        guard nanoseconds >= 8 else { return Int(max(0, nanoseconds)) }
        let exponent = 63 - nanoseconds.leadingZeroBitCount
        return (exponent - 2) * 8 + Int((nanoseconds >> Int64(exponent - 3)) & 7)
    }

    /// The largest length in nanoseconds that belongs in a bucket.
    static func upperBound(ofBucket bucket: Int) -> Int64 {
        guard bucket >= 8 else { return Int64(bucket) }
        let shift = Int64(bucket / 8 - 1)
        let next = Int64(8 + bucket % 8 + 1)
        // The last bucket ends where the numbers do.
        return next > Int64.max >> shift ? .max : (next << shift) - 1
    }
}
