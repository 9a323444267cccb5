import CLoad
import Glibc

/// `bench proxy`: the proxy beside others, in one run, taking turns round by round.
public enum ProxyBenchmark {
    /// Starts and ends labs; the times of each.
    public typealias LabMeasurement = @Sendable () throws -> (starts: [Duration], ends: [Duration])

    static let sections: [any Section] = sections { ([], []) }

    private static func sections(_ labs: @escaping LabMeasurement) -> [any Section] {
        [
            LoadSection.keepalive, LoadSection.bulk, LoadSection.short, IdleMemory(), LoadSection.resets, Lateness(),
            LabTimes(measure: labs),
        ]
    }

    /// Runs what the words ask for; call it on the main thread before there are others.
    ///
    /// - Parameters:
    ///   - words: The words behind `bench proxy`.
    ///   - labs: Starts and ends labs.
    /// - Returns: The exit code: 1 when a section failed, 2 when the words are wrong.
    public static func run(_ words: [String], labs: @escaping LabMeasurement) -> Int32 {
        if words.contains("--help") || words.contains("-h") {
            print(Options.usage)
            return 0
        }
        let options: Options
        let file: ResultFile?
        do {
            options = try Options(words)
            if let build = options.debugBuild, access(build, X_OK) != 0 {
                throw Failure.system("--debug-build \(build)")
            }
            file = try options.jsonFile.map { try ResultFile($0) }
        } catch {
            complain("error: \(error)")
            return 2
        }
        Cleanup.followSignals()
        defer { Cleanup.everything() }
        do {
            let stage = try Stage(options)
            let chosen = sections(labs).filter { options.sections.isEmpty || options.sections.contains($0.name) }
            let seconds = chosen.map { $0.duration(options) }.reduce(0, +)
            for line in introduction(options, seconds) { stage.print(line) }
            for section in chosen {
                stage.print("\n\(section.name): \(section.summary)")
                do { try section.run(on: stage) } catch { stage.fail("\(error)") }
            }
            try file?.write(options, stage.samples, stage.comparisons)
            return stage.hasFailed ? 1 : 0
        } catch {
            complain("error: \(error)")
            return 1
        }
    }

    private static func introduction(_ options: Options, _ duration: Double) -> [String] {
        [
            "\(Options.build) build; \(text(options.seconds, digits: 1)) s for each measurement; "
                + "\(options.threads) thread\(options.threads == 1 ? "" : "s") for ours, HAProxy and nginx; "
                + (duration < 90 ? "about \(Int(duration)) s" : "about \(Int(duration / 60 + 0.5)) minutes in all"),
            "medians of the rounds; a ratio is the median of the ratios within each round",
        ]
            + (Options.build == "debug"
                ? ["this is a debug build: ours, and the clients, are slower than those of a release build"] : [])
    }
}
