/// Minimum, median, 99th percentile and maximum of single times.
struct Distribution {
    let minimum, median, high, maximum: Int64
    let count: Int

    /// `nil` of none.
    init?(_ nanoseconds: [Int64]) {
        let sorted = nanoseconds.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        minimum = first
        median = sorted[sorted.count / 2]
        high = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        maximum = last
        count = sorted.count
    }

    /// The four in microseconds, in that order.
    var microseconds: [Double] { [minimum, median, high, maximum].map { Double($0) / 1000 } }
}
