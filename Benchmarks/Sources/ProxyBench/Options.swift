/// The words behind `bench proxy`.
struct Options {
    var sections: [String] = []
    /// How long each measurement takes, without its beginning.
    var seconds = 2.0
    /// How often everything is repeated; `nil` leaves it to the section.
    var rounds: Int?
    /// Threads or processes of each proxy that can have several.
    var threads = 2
    var jsonFile: String?
    /// A bench executable of a debug build.
    var debugBuild: String?

    static let usage = """
        usage: bench proxy [SECTION…] [--seconds S] [--rounds N] [--threads N] [--json FILE] [--debug-build BENCH]

        Measures the proxy beside HAProxy, nginx and socat, as far as they are installed. Without a section it takes all.

        \(ProxyBenchmark.sections.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

          --seconds S           the length of each measurement, from 0.1 to 60; 2 when absent
          --rounds N            how often each is repeated, from 1 to 99; 5 when absent, 3 for idle, resets, lateness
          --threads N           threads of our proxy and HAProxy, workers of nginx, from 1 to 64; 2 when absent
          --json FILE           write every sample and every median
          --debug-build BENCH   the bench executable of a debug build, whose proxy is measured too
        """

    /// Reads the words.
    ///
    /// - Parameter words: The words.
    /// - Throws: What is wrong with the first of them that is.
    init(_ words: [String]) throws {
        var rest = words.flatMap(Self.split)[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                let names = ProxyBenchmark.sections.map(\.name)
                guard names.contains(word) else {
                    throw Failure("there is no section \(word); there are \(names.joined(separator: ", "))")
                }
                sections.append(word)
                continue
            }
            guard Self.names.contains(word) else { throw Failure("there is no option \(word); see bench proxy --help") }
            guard let value = rest.popFirst() else { throw Failure("\(word) wants a value behind it") }
            try set(word, to: value)
        }
    }

    private static let names = ["--seconds", "--rounds", "--threads", "--json", "--debug-build"]

    private mutating func set(_ option: String, to value: String) throws {
        switch option {
        case "--seconds":
            guard let seconds = Double(value), (0.1...60).contains(seconds) else {
                throw Failure("--seconds \(value): it is a number from 0.1 to 60")
            }
            self.seconds = seconds
        case "--rounds": rounds = try Self.whole(option, value, 1...99)
        case "--threads": threads = try Self.whole(option, value, 1...64)
        case "--json": jsonFile = value
        default: debugBuild = value
        }
    }

    private static func whole(_ option: String, _ value: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw Failure("\(option) \(value): it is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// `--option=value` means the same as `--option value`.
    private static func split(_ word: String) -> [String] {
        guard word.hasPrefix("--"), let sign = word.firstIndex(of: "=") else { return [word] }
        return [String(word[..<sign]), String(word[word.index(after: sign)...])]
    }

    var json: JSON {
        .object([
            ("seconds", .number(seconds)), ("rounds", JSON(rounds.map(Double.init))),
            ("threads", .number(Double(threads))), ("build", .text(Self.build)),
        ])
    }

    /// How this benchmark, and so our proxy, was built.
    static var build: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }
}
