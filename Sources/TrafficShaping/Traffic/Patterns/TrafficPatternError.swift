public import FaultModel

/// A text that describes no traffic.
///
/// Whoever wrote it has to change it; the message says what to write instead.
public struct TrafficPatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The finding: the parameter, its value, what is wrong, and what to write instead.
    public let diagnostic: Diagnostic

    init(key: String? = nil, value: String? = nil, _ message: String, hint: String? = nil) {
        diagnostic = Diagnostic(.error, key: key, value: value, message: message, hint: hint)
    }

    /// The finding on one line.
    public var description: String { diagnostic.description }
}
