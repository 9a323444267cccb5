#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif
#if os(Linux)
import ProxyBench
#endif

/// Measures the library on the machine at hand.
///
///     swift run --package-path Benchmarks -c release bench NAME
///
/// A benchmark prints what it saw: quote medians, and compare only what one run measured side by side;
/// `Docs/benchmarks.md` says what the figures mean.
@main
struct Bench {
    static let benchmarks: [(name: String, summary: String, run: @Sendable () async throws -> Void)] = [
        ("shaper", "ns per packet of the shaper, beside the same arithmetic in C", ShaperSpeed.run),
        ("link", "accuracy and cost of the link that a proxy shapes", LinkAccuracy.run),
        ("labs", "the time a lab takes to start and to end", LabLifetime.run),
    ]

    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        #if os(Linux)
        switch words.first {
        case "proxy":
            let code = ProxyBenchmark.run(Array(words.dropFirst())) { try waitFor(LabLifetime.measure) }
            exit(code)
        case "allocations" where words.count == 1: exit(try waitFor { await AllocationBenchmark.run() })
        case "serve": exit(try waitFor { await ServedRole.run(Array(words.dropFirst())) })
        default: break
        }
        #endif
        if words.isEmpty || words.contains("--help") || words.contains("-h") { return print(usage) }
        let chosen = words.map { word in
            guard let benchmark = benchmarks.first(where: { $0.name == word }) else { refuse(word) }
            return benchmark
        }
        for benchmark in chosen {
            print("\(benchmark.name): \(benchmark.summary)")
            try waitFor { try await benchmark.run() }
        }
    }

    private static func refuse(_ word: String) -> Never {
        let names = benchmarks.map(\.name) + ["or, alone, proxy or allocations"]
        let line = Array("error: there is no benchmark \(word) here; take \(names.joined(separator: ", "))\n".utf8)
        _ = write(2, line, line.count)
        exit(2)
    }

    private static var usage: String {
        var lines = ["usage: bench NAME…"] + benchmarks.map { "  \($0.name): \($0.summary)" }
        #if os(Linux)
        lines += [
            "or: bench proxy [SECTION…] [OPTION…], the proxy beside others; see bench proxy --help",
            "or: bench allocations, what our proxy allocates, against what it may",
        ]
        #endif
        return lines.joined(separator: "\n")
    }
}
