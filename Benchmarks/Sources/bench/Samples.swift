/// Lengths of time of one kind.
struct Samples {
    private var sorted: [Duration]

    init(_ samples: [Duration]) {
        sorted = samples.sorted()
    }

    /// Minimum, median, 99th percentile and maximum, in microseconds.
    var summary: String {
        guard let first = sorted.first, let last = sorted.last else { return "no samples" }
        let median = sorted[sorted.count / 2]
        let high = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        let figures = [("min", first), ("median", median), ("p99", high), ("max", last)]
        return figures.map { "\($0.0) \(Self.microseconds($0.1))" }.joined(separator: "  ")
            + "  (µs, n=\(sorted.count))"
    }

    private static func microseconds(_ duration: Duration) -> String {
        let tenths = duration.components.seconds * 10_000_000 + duration.components.attoseconds / 100_000_000_000
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
