public import FaultModel

/// The place of a milestone in a log: which event, and when.
public struct Mark: Hashable, Sendable {
    /// The event.
    public let event: Event.ID
    /// The moment of the event.
    public let time: Timestamp

    init(_ event: Event) {
        self.event = event.id
        self.time = event.time
    }
}
