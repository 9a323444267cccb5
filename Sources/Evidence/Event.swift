public import FaultModel

/// One observed fact with its moment.
///
/// Events are the only thing that verdicts and reports look at: whoever wants to know what happened asks the
/// ``EventLog``, never a component.
public struct Event: Hashable, Sendable, Identifiable {
    /// The position in the log, counted from 1; verdicts name their evidence by it.
    public let id: Int
    /// The moment, relative to the start of the log.
    public let time: Timestamp
    /// The fact.
    public let fact: Fact

    /// Creates an event.
    ///
    /// - Parameters:
    ///   - id: The position in the log, counted from 1.
    ///   - time: The moment, relative to the start of the log.
    ///   - fact: The fact.
    public init(id: Int, time: Timestamp, fact: Fact) {
        self.id = id
        self.time = time
        self.fact = fact
    }
}

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

/// A request within a log: its connection and its place on that connection.
public struct RequestID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The connection that carries the request.
    public let connection: ConnectionID
    /// The place on the connection, counted from 1.
    public let ordinal: Int

    /// Creates an identifier.
    ///
    /// - Parameters:
    ///   - connection: The connection that carries the request.
    ///   - ordinal: The place on the connection, counted from 1.
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
