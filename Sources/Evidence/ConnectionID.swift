/// The number of a connection within a log, counted from 1 in order of acceptance.
public struct ConnectionID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, from 1.
    public let number: Int

    /// Creates an identifier.
    ///
    /// - Parameter number: The number, from 1.
    public init(_ number: Int) {
        self.number = number
    }

    /// Whether the first connection was accepted before the second.
    public static func < (earlier: ConnectionID, later: ConnectionID) -> Bool { earlier.number < later.number }

    /// The number with a hash sign, as in `#4`.
    public var description: String { "#\(number)" }
}
