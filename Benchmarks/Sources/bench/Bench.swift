/// Measures the library on the machine at hand.
///
///     swift run --package-path Benchmarks -c release bench NAME
///
/// A benchmark prints what it saw and asserts nothing: quote medians, and compare only what one run measured side by
/// side.
@main
struct Bench {
    static let benchmarks: [(name: String, summary: String, run: @Sendable () async throws -> Void)] = [
        ("resets", "lateness of resets, one at a time and 500 at once", ResetLateness.run),
        ("shaper", "ns per packet of the shaper, beside the same arithmetic in C", ShaperSpeed.run),
        ("link", "accuracy and cost of the link that a proxy shapes", LinkAccuracy.run),
        ("labs", "the time a lab takes to start and to end", LabLifetime.run),
    ]

    static func main() async throws {
        let wanted = CommandLine.arguments.dropFirst()
        let chosen = benchmarks.filter { wanted.contains($0.name) }
        guard !chosen.isEmpty else {
            print("usage: bench NAME…")
            for benchmark in benchmarks { print("  \(benchmark.name): \(benchmark.summary)") }
            return
        }
        for benchmark in chosen {
            print("\(benchmark.name): \(benchmark.summary)")
            try await benchmark.run()
        }
    }
}
