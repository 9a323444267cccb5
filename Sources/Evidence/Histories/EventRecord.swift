/// The events of a run, frozen, for verdicts and reports.
public struct EventRecord: Sendable {
    /// The events in the order of the log.
    public let events: [Event]
    /// Events that a bounded log let go before the record was taken; 0 for a lab.
    public let discarded: Int

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - events: The events in the order of the log.
    ///   - discarded: Events that a bounded log let go before the record was taken.
    public init(events: [Event], discarded: Int = 0) {
        self.events = events
        self.discarded = discarded
    }
}
