/// Why a text or a value is not what its tunable allows.
public struct TunableFlaw: Error, Hashable, Sendable {
    /// What is wrong with this very value; the rule of the tunable is shown when there is nothing closer to say.
    public let message: String?
    /// What to write instead.
    public let hint: String?

    /// Describes a flaw.
    ///
    /// - Parameters:
    ///   - message: What is wrong with this very value, when the rule does not say it well enough.
    ///   - hint: What to write instead, half a sentence.
    public init(message: String? = nil, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
