import FaultModel

/// A text that is no comparison: what was written, and what is expected in its place.
public struct InvalidComparison: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was written: in quotation marks, on one line, cut when it is long.
    public let text: String
    /// What is wrong with it, and what is expected.
    public let reason: String

    /// Describes a text that is no comparison.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - reason: What is wrong with it, and what is expected.
    init(_ text: String, _ reason: String) {
        // Escaped, because the text may come from a file and the message goes to a terminal.
        self.text = (text.count > 120 ? text.prefix(120) + "…" : text).quoted
        self.reason = reason
    }

    /// One line with text and reason.
    public var description: String { "\(text): \(reason)" }
}
