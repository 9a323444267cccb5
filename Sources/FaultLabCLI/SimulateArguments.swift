import FaultModel
import TrafficShaping

/// What the words behind `faultlab simulate` ask for.
struct SimulateArguments {
    /// Where the packets come from.
    enum Traffic {
        /// A file, or `-` for standard input.
        case packets(String)
        /// Patterns that make their own.
        case workloads([TrafficPattern])
    }

    /// The rate limit, by its tunables.
    let fault: FaultWords
    /// Where the packets come from; absent when the words do not say it.
    private(set) var traffic: Traffic?
    /// What the random moments of workloads follow from.
    private(set) var seed: UInt64 = 1
    /// The file for the packets and what became of them, or `-` for standard output.
    let output: String?
    /// The file for the plot, or `-` for standard output.
    let plot: String?

    /// Everything that is wrong with the words, one line each.
    private(set) var problems: [String]
    /// What is wrong with the workloads.
    private(set) var diagnostics: [Diagnostic] = []

    /// Reads the words; nothing is left out because of an earlier mistake.
    init(_ words: [String]) {
        let options = Options(
            words, of: "faultlab simulate",
            names: ["--set", "--packets", "--workload", "--seed", "--output", "--plot"],
            repeatable: ["--set", "--workload"])
        let (fault, problems) = FaultWords.collect("pod-network-rate-limit", options)
        self.fault = fault
        self.problems = options.problems + problems
        output = options["--output"]
        plot = options["--plot"]
        readTraffic(options)
        if let text = options["--seed"] { seed = Options.seed(text, &self.problems) ?? seed }
        settle(options)
    }

    private mutating func readTraffic(_ options: Options) {
        let texts = options.given.filter { $0.name == "--workload" }.map(\.value)
        var patterns: [TrafficPattern] = []
        for text in texts {
            do throws(TrafficPatternError) {
                patterns.append(try TrafficPattern(text))
            } catch {
                let found = error.diagnostic
                diagnostics.append(
                    Diagnostic(
                        .error, key: found.key, value: found.value, message: found.message, hint: found.hint,
                        place: .argument("--workload \(text)")))
            }
        }
        switch (options["--packets"], texts.isEmpty) {
        case (let path?, true): traffic = .packets(path)
        case (nil, false): traffic = .workloads(patterns)
        case (.some, false):
            problems.append("--packets and --workload: a simulation has the one or the other")
        case (nil, true):
            problems.append(
                "there is no traffic: give --packets IN.csv, or --workload PATTERN as in poisson:rate=2mbit,duration=10s"
            )
        }
    }

    /// Says what is missing or contradicts itself.
    private mutating func settle(_ options: Options) {
        for (option, value) in [("--packets", options["--packets"]), ("--output", output), ("--plot", plot)]
        where value == "" {
            problems.append(
                "\(option) '': write a file, or - for standard \(option == "--packets" ? "input" : "output")")
        }
        if let output, output == plot { problems.append("--output and --plot are the same file; give each its own") }
        if case .packets = traffic, options["--seed"] != nil {
            problems.append("--seed goes with --workload: nothing is random about packets from a file")
        }
        if case .packets = traffic, output == nil, plot == nil {
            problems.append(
                "--output OUT.csv is missing; - is standard output, and with --plot FILE.svg it may be left out")
        }
    }
}
