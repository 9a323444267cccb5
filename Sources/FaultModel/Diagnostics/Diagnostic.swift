/// One thing to say about a fault before it runs.
///
/// The description is one line that names the value, what is wrong, what to write instead, and where it stands:
///
/// ```
/// error: TOXICITY=130: a percentage is a whole number from 0 to 100; use 100 to reset every request (argument --set TOXICITY=130)
/// ```
public struct Diagnostic: Hashable, Sendable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// The fault cannot run.
        case error
        /// The fault can run, but hardly as its author thinks.
        case warning
        /// Something was read other than written.
        case note
    }

    /// How much it matters.
    public let severity: Severity
    /// The documented key it is about, as it was written.
    public let key: String?
    /// The value it is about, as it was written; absent for secrets and for keys nobody knows.
    public let value: String?
    /// What is the matter.
    public let message: String
    /// The rule of the tunable, when the value broke it.
    public let rule: String?
    /// What to write instead.
    public let hint: String?
    /// Where the value stands.
    public let place: Place

    /// Describes a finding.
    ///
    /// - Parameters:
    ///   - severity: How much it matters.
    ///   - key: The documented key it is about.
    ///   - value: The value it is about; leave it out for a secret.
    ///   - message: What is the matter, half a sentence without a full stop.
    ///   - rule: The rule of the tunable, when the value broke it.
    ///   - hint: What to write instead, half a sentence.
    ///   - place: Where the value stands.
    public init(
        _ severity: Severity,
        key: String? = nil,
        value: String? = nil,
        message: String,
        rule: String? = nil,
        hint: String? = nil,
        place: Place = .unknown
    ) {
        self.severity = severity
        self.key = key
        self.value = value
        self.message = message
        self.rule = rule
        self.hint = hint
        self.place = place
    }
}

extension Diagnostic: CustomStringConvertible {
    /// Everything on one line: severity, key and value, message, hint, place.
    public var description: String {
        var line = severity.rawValue + ": "
        if let key {
            line += key.printable()
            if let value { line += "=" + value.printable() }
            line += ": "
        }
        line += message.printable(limit: 400)
        if let hint { line += "; " + hint.printable(limit: 400) }
        if place != .unknown { line += " (\(place))" }
        return line
    }
}

extension Sequence<Diagnostic> {
    /// Whether one of them is an error.
    public var containErrors: Bool { contains { $0.severity == .error } }
}
