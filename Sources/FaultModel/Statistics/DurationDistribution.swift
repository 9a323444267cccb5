/// Lengths of time, counted: extremes exactly, quantiles to within three percent.
///
/// A fixed number of buckets, 32 to each doubling, holds any number of samples: the lateness of resets, the delays of
/// packets.
public struct DurationDistribution: Hashable, Sendable {
    /// The number of samples.
    public private(set) var count = 0
    /// The smallest sample, or `nil` when there is none.
    public var minimum: Duration? { count == 0 ? nil : .nanoseconds(least) }
    /// The largest sample, or `nil` when there is none.
    public var maximum: Duration? { count == 0 ? nil : .nanoseconds(most) }
    private var least = Int64.max
    private var most = Int64.min
    private var buckets: [Int] = []

    /// The bits behind the leading one that choose a bucket.
    private static let precision = 5

    /// Creates a distribution of nothing.
    public init() {}

    /// The middle sample, see ``quantile(_:)``.
    public var median: Duration? { quantile(50) }

    /// The length of time that a share of the samples does not exceed.
    ///
    /// - Parameter share: The share of the samples; 0 % gives the smallest and 100 % the largest.
    /// - Returns: At least the exact figure and at most a thirty-second more, or `nil` when there is no sample.
    public func quantile(_ share: Percentage) -> Duration? {
        guard count > 0 else { return nil }
        if share == .zero { return minimum }
        // The smallest rank whose share of the samples reaches the one asked for, in whole numbers.
        let rank = (count * share.value + 99) / 100
        if rank == count { return maximum }
        var seen = 0
        for (index, samples) in buckets.enumerated() {
            seen += samples
            if seen >= rank { return .nanoseconds(max(least, min(most, Self.upperBound(ofBucket: index)))) }
        }
        return maximum
    }

    /// Adds a sample.
    ///
    /// - Parameter length: The length of time, at most 292 years either way.
    package mutating func add(_ length: Duration) { add(nanoseconds: length.wholeNanoseconds) }

    /// Adds a sample.
    ///
    /// - Parameter nanoseconds: The length of time; a negative one counts among the shortest.
    package mutating func add(nanoseconds: Int64) {
        if buckets.isEmpty { buckets = Array(repeating: 0, count: Self.bucket(for: .max) + 1) }
        count += 1
        least = min(least, nanoseconds)
        most = max(most, nanoseconds)
        buckets[Self.bucket(for: nanoseconds)] += 1
    }

    /// The bucket of a length in nanoseconds: exact below 32, then the position of the leading bit and the five after it.
    static func bucket(for nanoseconds: Int64) -> Int {
        guard nanoseconds >= 1 << Int64(precision) else { return Int(max(0, nanoseconds)) }
        let exponent = 63 - nanoseconds.leadingZeroBitCount
        let following = Int(nanoseconds >> Int64(exponent - precision)) & (1 << precision - 1)
        return (exponent - precision + 1) << precision + following
    }

    /// The largest length in nanoseconds that belongs in a bucket.
    static func upperBound(ofBucket bucket: Int) -> Int64 {
        let width = 1 << precision
        guard bucket >= width else { return Int64(bucket) }
        let shift = Int64(bucket / width - 1)
        let next = Int64(width + bucket % width + 1)
        // The last bucket ends where the numbers do.
        return next > Int64.max >> shift ? .max : (next << shift) - 1
    }
}
