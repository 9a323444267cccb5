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
