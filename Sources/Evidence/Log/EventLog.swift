public import FaultModel
import Synchronization

/// The one place that every part of a run writes its observations to.
public final class EventLog: Sendable {
    private let state: Mutex<State>
    private let timeSource: @Sendable () -> Timestamp

    private struct State {
        var events: [Event] = []
        var connections = 0
        var calls = 0
    }

    /// Creates an empty log.
    ///
    /// - Parameters:
    ///   - capacity: The most events to keep, at least 1; older ones are let go and counted. `nil` keeps all of them.
    ///   - now: The moment, relative to the start of the run.
    public init(capacity: Int? = nil, now: @escaping @Sendable () -> Timestamp) {
        self.state = Mutex(State())
        self.timeSource = now
    }

    /// The moment on the clock of the log.
    public var now: Timestamp { timeSource() }

    /// Appends a fact observed now.
    ///
    /// - Parameter fact: The fact.
    public func append(_ fact: Fact) { append(fact, at: now) }

    /// Appends a fact observed at a known moment.
    ///
    /// - Parameters:
    ///   - fact: The fact.
    ///   - time: The moment, relative to the start of the run.
    public func append(_ fact: Fact, at time: Timestamp) {
        state.withLock { $0.events.append(Event(id: $0.events.count + 1, time: time, fact: fact)) }
    }

    /// Appends facts in order under one lock; for an event loop that gathers them while it works.
    ///
    /// - Parameter facts: Facts with their moments.
    public func append(contentsOf facts: [(time: Timestamp, fact: Fact)]) {
        state.withLock { state in
            for entry in facts {
                state.events.append(Event(id: state.events.count + 1, time: entry.time, fact: entry.fact))
            }
        }
    }

    /// Hands out the next connection number.
    public func nextConnection() -> ConnectionID {
        state.withLock { state in
            state.connections += 1
            return ConnectionID(state.connections)
        }
    }

    /// Hands out the next call number.
    public func nextCall() -> CallID {
        state.withLock { state in
            state.calls += 1
            return CallID(state.calls)
        }
    }

    /// The events so far.
    public var record: EventRecord {
        state.withLock { EventRecord(events: $0.events) }
    }
}
