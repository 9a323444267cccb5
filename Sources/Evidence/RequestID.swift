/// A request within a log: its connection and its place on that connection.
public struct RequestID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The connection that carries the request.
    public let connection: ConnectionID
    /// The place on the connection, counted from 1; 0 stands for the connection as a whole.
    public let ordinal: Int

    /// Creates an identifier.
    ///
    /// - Parameters:
    ///   - connection: The connection that carries the request.
    ///   - ordinal: The place on the connection, counted from 1; 0 stands for the connection as a whole.
    public init(connection: ConnectionID, ordinal: Int) {
        self.connection = connection
        self.ordinal = ordinal
    }

    /// Whether the first request stands before the second, by connection and then by place.
    public static func < (earlier: RequestID, later: RequestID) -> Bool {
        (earlier.connection, earlier.ordinal) < (later.connection, later.ordinal)
    }

    /// Connection and place, as in `#4.2`.
    public var description: String { "\(connection).\(ordinal)" }
}
