import Glibc

/// Everything that a run measured, as JSON.
struct ResultFile {
    private let path: String

    /// Finds a wrong path before anything is measured; what an earlier run wrote stays until this one is through.
    init(_ path: String) throws {
        guard let file = fopen(path, "ae") else { throw Failure.system(path) }
        fclose(file)
        self.path = path
    }

    /// Writes the file.
    func write(_ options: Options, _ samples: [Sample], _ comparisons: [Comparison]) throws {
        let text = JSON.object([
            ("machine", machine), ("options", options.json), ("summaries", .list(comparisons.flatMap(summaries))),
            ("samples", .list(samples.map(sample))),
        ]).description
        guard let file = fopen(path, "we") else { throw Failure.system(path) }
        let isWritten = fputs(text + "\n", file) >= 0
        guard fclose(file) == 0, isWritten else { throw Failure.system(path) }
    }

    private var machine: JSON {
        var names = utsname()
        uname(&names)
        let release = withUnsafePointer(to: &names.release) {
            $0.withMemoryRebound(to: CChar.self, capacity: 65) { String(cString: $0) }
        }
        return .object([
            ("linux", .text(release)), ("processors", .number(Double(sysconf(Int32(_SC_NPROCESSORS_ONLN))))),
        ])
    }

    private func summaries(_ comparison: Comparison) -> [JSON] {
        comparison.summaries.map { summary in
            .object([
                ("section", .text(comparison.section)), ("condition", .text(comparison.condition)),
                ("contestant", .text(summary.contestant)), ("metric", .text(summary.metric.rawValue)),
                ("median", JSON(summary.median)),
                ("ratios", .object(summary.ratios.map { ($0.base, JSON($0.ratio)) })),
            ])
        }
    }

    private func sample(_ sample: Sample) -> JSON {
        let figures = Metric.allCases.compactMap { metric in
            sample.figures[metric].map { (metric.rawValue, JSON($0)) }
        }
        var members: [(String, JSON)] = [
            ("section", .text(sample.section)), ("condition", .text(sample.condition)),
            ("contestant", .text(sample.contestant)), ("round", .number(Double(sample.round))),
            ("figures", .object(figures)),
        ]
        if !sample.nanoseconds.isEmpty { members.append(("nanoseconds", .integers(sample.nanoseconds))) }
        return .object(members)
    }
}
