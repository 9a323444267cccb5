/// Minimum, median, 99th percentile and maximum of single times.
struct Distribution {
    let minimum, median, high, maximum: Int64

    /// `nil` of none.
    init?(_ nanoseconds: [Int64]) {
        let sorted = nanoseconds.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        minimum = first
        median = sorted[sorted.count / 2]
        high = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        maximum = last
    }

    static let titles = ["min", "median", "p99", "max"]

    /// The four in microseconds, as tables show them.
    var cells: [String] { [minimum, median, high, maximum].map { text(Double($0) / 1000, digits: 1) } }

    var figures: [Metric: Double] {
        [
            .minimumMicroseconds: Double(minimum) / 1000, .medianMicroseconds: Double(median) / 1000,
            .p99Microseconds: Double(high) / 1000, .maximumMicroseconds: Double(maximum) / 1000,
        ]
    }
}
