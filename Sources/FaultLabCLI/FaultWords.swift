import FaultModel

/// A fault as somebody asked for it.
struct FaultWords {
    /// The name, as written.
    let name: String
    /// The edition, as written.
    private(set) var edition: String?
    /// The tunables that were set.
    private(set) var entries: [TunableEntry] = []

    /// A fault that needs no name, because the command knows it.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - options: The options, of which each `--set` is taken.
    /// - Returns: The fault, and everything that is wrong with the words, one line each.
    static func collect(_ name: String, _ options: Options) -> (fault: FaultWords, problems: [String]) {
        var fault = FaultWords(name: name)
        var problems: [String] = []
        for option in options.given where option.name == "--set" { fault.take(option, &problems) }
        return (fault, problems)
    }

    /// The options that make up a fault; the last two belong to the `--fault` before them.
    static let options = ["--fault", "--edition", "--set"]

    /// The faults among the options of a command, with everything that is wrong with them, one line each.
    ///
    /// - Parameters:
    ///   - options: The options.
    ///   - isRequired: Whether there has to be one.
    /// - Returns: The faults in their order, and the problems.
    static func collect(_ options: Options, isRequired: Bool = false) -> (faults: [FaultWords], problems: [String]) {
        var faults: [FaultWords] = []
        var early: [Options.Given] = []
        var problems: [String] = []
        for option in options.given where Self.options.contains(option.name) {
            if option.name == "--fault" {
                faults.append(FaultWords(name: option.value))
            } else if faults.isEmpty {
                early.append(option)
            } else {
                faults[faults.count - 1].take(option, &problems)
            }
        }
        if faults.isEmpty, isRequired {
            problems.append("--fault NAME is missing")
        } else if faults.count == 1 {
            // What stands before the only fault can belong to no other.
            let later = faults[0].entries
            faults[0].entries = []
            for option in early { faults[0].take(option, &problems) }
            faults[0].entries += later
        } else {
            problems += early.map { option in
                "\(shown(option)): write it behind the --fault that it belongs to"
            }
        }
        return (faults, problems)
    }

    private mutating func take(_ option: Options.Given, _ problems: inout [String]) {
        guard option.name == "--set" else {
            if edition != nil { problems.append("\(Self.shown(option)): \(Options.shown(name)) has one already") }
            edition = edition ?? option.value
            return
        }
        guard let sign = option.value.firstIndex(of: "="), sign != option.value.startIndex else {
            problems.append("\(Self.shown(option)): write KEY=VALUE, as in --set TOTAL_CHAOS_DURATION=60")
            return
        }
        entries.append(
            TunableEntry(
                String(option.value[..<sign]), String(option.value[option.value.index(after: sign)...]),
                place: .argument("--set \(option.value)")))
    }

    /// An option as messages name it: a tunable by its key, because the value may be a secret.
    private static func shown(_ option: Options.Given) -> String {
        guard option.name == "--set" else { return "\(option.name) \(Options.shown(option.value))" }
        let parts = option.value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        // Without an equals sign it may be a value that lost its key.
        let isKey =
            parts.count == 2
            || FaultCatalog.standard.documents.contains { document in
                document.rows.contains { $0.key == option.value || $0.traits.aliases.contains(option.value) }
            }
        return isKey ? "--set \(Options.shown(String(parts[0])))" : "--set"
    }
}
