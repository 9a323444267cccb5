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

    /// Whether the record holds every event of its run.
    public var isComplete: Bool { discarded == 0 }

    /// The requests whose arrival the record holds, in order of arrival.
    ///
    /// Built anew on each use, in time proportional to the number of events.
    public var requests: [RequestHistory] { HistoryBuilder(events).requests }

    /// The connections whose acceptance the record holds, in order of acceptance.
    ///
    /// Built anew on each use, in time proportional to the number of events.
    public var connections: [ConnectionHistory] { HistoryBuilder(events).connections }

    /// The driven calls whose start the record holds, in order of start.
    ///
    /// Built anew on each use, in time proportional to the number of events.
    public var calls: [CallHistory] { CallHistory.all(in: events) }

    /// Counts over the events that the record holds; ``EventLog/tally`` also counts those that were let go.
    public var tally: Tally { Tally(of: events) }
}
