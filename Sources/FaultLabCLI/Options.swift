/// The words behind a command, taken apart into options with their values and plain words.
///
/// Whatever is wrong with one word, the others are read too. What may be the value of a tunable is never
/// repeated in a message, because it may be a secret.
struct Options {
    /// An option with the value behind it.
    struct Given {
        let name: String
        let value: String
    }

    /// The options in the order of the words.
    private(set) var given: [Given] = []
    /// Words that belong to no option.
    private(set) var words: [String] = []
    /// Everything that is wrong with the words, one line each.
    private(set) var problems: [String] = []

    /// Takes words apart.
    ///
    /// - Parameters:
    ///   - words: The words behind the command.
    ///   - command: The command, for messages, as in `faultlab proxy`.
    ///   - names: The options that it takes.
    ///   - repeatable: Those among them that may be given more than once.
    ///   - wordLimit: How many plain words it takes.
    init(_ words: [String], of command: String, names: [String], repeatable: Set<String> = [], wordLimit: Int = 0) {
        var rest = Self.split(words, at: names)[...]
        var seen: Set<String> = []
        var previous: Given?
        while let word = rest.popFirst() {
            guard names.contains(word) else {
                if !word.hasPrefix("-"), self.words.count < wordLimit {
                    self.words.append(word)
                } else {
                    problems.append(Self.complaint(about: word, behind: previous, of: command))
                }
                continue
            }
            guard let value = rest.popFirst() else {
                problems.append("\(word) wants a value behind it")
                continue
            }
            if !repeatable.contains(word), !seen.insert(word).inserted { problems.append("\(word) is given twice") }
            let option = Given(name: word, value: value)
            given.append(option)
            previous = option
        }
    }

    /// The value of an option that is given at most once.
    subscript(_ name: String) -> String? { given.first { $0.name == name }?.value }

    /// Reads the value of `--seed`; `nil`, with a problem, when it is none.
    static func seed(_ text: String, _ problems: inout [String]) -> UInt64? {
        // The standard library takes a plus sign as well.
        if text.first != "+", let number = UInt64(text) { return number }
        problems.append("--seed \(shown(text)): a seed is a whole number from 0 to \(UInt64.max)")
        return nil
    }

    /// A word as messages show it: what stands behind an equals sign may be a secret, and nothing may steer the terminal.
    static func shown(_ word: String) -> String {
        if word.isEmpty { return "''" }
        let end = word.firstIndex(of: "=")
        let visible = word[..<(end ?? word.endIndex)].unicodeScalars.map { scalar -> UnicodeScalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(visible)) + (end == nil ? "" : "=…")
    }

    /// Takes `--option=value` apart, which means the same as `--option value`.
    private static func split(_ words: [String], at names: [String]) -> [String] {
        words.flatMap { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 && names.contains(parts[0]) ? parts : [word]
        }
    }

    private static func complaint(about word: String, behind previous: Given?, of command: String) -> String {
        if word.hasPrefix("-") { return "there is no option \"\(shown(word))\"; see \(command) --help" }
        guard let previous, previous.name == "--set" else {
            return "\"\(shown(word))\" belongs to no option; see \(command) --help"
        }
        // It may be the value, or the rest of one that had a space in it.
        let key = previous.value.contains("=") ? " " + shown(previous.value) : ""
        return
            "a word behind --set\(key) belongs to no option; write KEY=VALUE as one word, in quotes when it has spaces"
    }
}
