/// A text that is never shown, as a password.
///
/// Description, interpolation, reflection and `dump` all give `•••`. Only ``revealed`` gives the text, so that a search for
/// that word finds every place that uses one.
///
/// ```swift
/// let password: Secret = "correct horse"
/// print("password \(password)")  // password •••
/// ```
public struct Secret: Hashable, Sendable {
    /// The text itself, for whoever has to hand it on.
    public let revealed: String

    /// Keeps a text.
    ///
    /// - Parameter text: The text, empty or not.
    public init(_ text: String) {
        revealed = text
    }
}

extension Secret: ExpressibleByStringLiteral {
    /// Keeps a literal.
    ///
    /// - Parameter value: The text.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Three dots, whatever the text.
    public var description: String { "•••" }
    /// Three dots, whatever the text.
    public var debugDescription: String { "•••" }
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
