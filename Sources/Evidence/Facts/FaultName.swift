public import FaultModel

/// The name by which a fault is armed, reported and lifted.
public struct FaultName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text of the name, as in `pod-http-reset-peer`.
    public let text: String

    /// Creates a name.
    ///
    /// - Parameter text: The text of the name.
    public init(_ text: String) { self.text = text }

    /// The name of a documented fault: the id of its document.
    ///
    /// - Parameter fault: The fault.
    public init(_ fault: some Fault) { self.init(type(of: fault).schema.id) }

    /// Creates a name from a literal.
    ///
    /// - Parameter value: The text of the name.
    public init(stringLiteral value: String) { self.text = value }

    /// The text of the name.
    public var description: String { text }
}
