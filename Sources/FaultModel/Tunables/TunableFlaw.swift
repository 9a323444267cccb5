/// Why a text or a value is not what its tunable allows.
public struct TunableFlaw: Error, Hashable, Sendable {
    /// What is wrong with this very value; the rule of the tunable is shown when there is nothing closer to say.
    public let message: String?
    /// What to write instead.
    public let hint: String?
    /// Whether the value holds something that must not be shown, as a password within an address.
    ///
    /// Message and hint of such a flaw do not quote the value.
    public let hidesValue: Bool

    /// Describes a flaw.
    ///
    /// - Parameters:
    ///   - message: What is wrong with this very value, when the rule does not say it well enough.
    ///   - hint: What to write instead, half a sentence.
    ///   - hidesValue: Whether the value must not be shown; message and hint may then not quote it.
    public init(message: String? = nil, hint: String? = nil, hidesValue: Bool = false) {
        self.message = message
        self.hint = hint
        self.hidesValue = hidesValue
    }

    /// The flaw of one part of a longer value, which the message names unless it must not be shown.
    func about(_ part: String, rule: String) -> TunableFlaw {
        let reason = message ?? rule
        return TunableFlaw(
            message: hidesValue ? reason : "'\(part.printable())': \(reason)", hint: hint, hidesValue: hidesValue)
    }
}
