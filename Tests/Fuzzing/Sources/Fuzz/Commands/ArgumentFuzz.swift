import FaultModel
import SocketIO

@testable import FuzzedCommand

/// The words of the command: every one is read or complained about, one line each, and none is shown that may be secret.
///
/// An input is lines, each a word: `proxy`, `explain`, `faults` or `simulate`, and what stands behind it. What is printed
/// and done with it belongs to other tests.
enum ArgumentFuzz {
    static func play(_ input: [UInt8]) {
        let words = String(decoding: input, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let rest = Array(words.dropFirst())
        switch words.first {
        case "proxy": readProxy(rest)
        case "simulate": readSimulation(rest)
        case "explain", "faults": readFault(rest)
        default: return
        }
    }

    private static func readProxy(_ words: [String]) {
        let arguments = ProxyArguments(words.map(withoutLookup))
        judge(arguments.problems)
        judge(ProxyFaults(arguments.faults))
        if arguments.problems.isEmpty {
            check(arguments.listen != nil && arguments.upstream != nil, "an address is missing, and nobody says so")
            check(arguments.duration.map { $0 > .zero } != false, "a proxy for no time")
        }
    }

    private static func readSimulation(_ words: [String]) {
        let arguments = SimulateArguments(words)
        judge(arguments.problems)
        let shaper = SimulateShaper(arguments.fault)
        for diagnostic in arguments.diagnostics + shaper.diagnostics { checkLine(diagnostic.description) }
        check(
            shaper.configuration != nil || shaper.diagnostics.contains { $0.severity == .error },
            "there is no link, and nobody says why")
        let isComplete = arguments.problems.isEmpty && arguments.diagnostics.isEmpty
        check(!isComplete || arguments.traffic != nil, "there is no traffic, and nobody says why")
    }

    private static func readFault(_ words: [String]) {
        let options = Options(
            words, of: "faultlab explain", names: FaultWords.options + ["--format"],
            repeatable: ["--edition", "--set"],
            wordLimit: 1)
        let (faults, problems) = FaultWords.collect(options, isRequired: true)
        judge(options.problems + problems)
        judge(ProxyFaults(faults))
    }

    private static func judge(_ faults: ProxyFaults) {
        judge(faults.errors + faults.remarks)
        for fault in faults.scheduled { checkLine(fault.description) }
    }

    private static func judge(_ problems: [String]) {
        for problem in problems { checkLine(problem, "a problem") }
    }

    /// A word that makes nobody ask a name server: a host behind which a port stands becomes an address.
    private static func withoutLookup(_ word: String) -> String {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let text = parts.last ?? ""
        guard let colon = text.lastIndex(of: ":"), Int(text[text.index(after: colon)...]) != nil else { return word }
        let host = text[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
        if IPAddress(String(host)) != nil || host.isEmpty { return word }
        let start = parts.count == 2 ? parts[0] + "=" : ""
        return start + "127.0.0.1" + text[colon...]
    }
}
