public import FaultModel
import Synchronization

/// The one place that every part of a run writes its observations to.
///
/// Appending takes a lock for a few nanoseconds and never waits for a reader. Three ways lead out: ``record`` for
/// verdicts, which loses nothing; ``live(from:maximumLag:)`` for whoever wants to follow, which skips visibly when the
/// reader is too slow; and ``tally``, which stays correct when a bounded log lets events go.
public final class EventLog: Sendable {
    private let state: Mutex<State>
    private let timeSource: @Sendable () -> Timestamp

    private struct State {
        var store: EventStore
        var tally = Tally()
        var readers = LiveReaders()
        var connections = 0
        var calls = 0

        mutating func append(_ fact: Fact, at time: Timestamp) {
            store.append(fact, at: time)
            tally.count(fact)
        }
    }

    /// Creates an empty log.
    ///
    /// - Parameters:
    ///   - capacity: The most events to keep, at least 1; older ones are let go and counted. `nil` keeps all of them.
    ///   - now: The moment, relative to the start of the run.
    /// - Precondition: `capacity` is at least 1.
    public init(capacity: Int? = nil, now: @escaping @Sendable () -> Timestamp) {
        self.state = Mutex(State(store: EventStore(capacity: capacity)))
        self.timeSource = now
    }

    /// The moment on the clock of the log.
    public var now: Timestamp { timeSource() }
}

// MARK: - Writing

extension EventLog {
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
        let woken = state.withLock { state in
            state.append(fact, at: time)
            return state.readers.wakeAll()
        }
        // Outside the lock: a resumed reader may run at once and ask for it.
        for reader in woken { reader.resume() }
    }

    /// Appends facts in order under one lock; for an event loop that gathers them while it works.
    ///
    /// - Parameter facts: Facts with their moments.
    public func append(contentsOf facts: [(time: Timestamp, fact: Fact)]) {
        guard !facts.isEmpty else { return }
        let woken = state.withLock { state in
            for entry in facts { state.append(entry.fact, at: entry.time) }
            return state.readers.wakeAll()
        }
        for reader in woken { reader.resume() }
    }

    /// Appends facts of one moment in order under one lock, without gathering them first.
    ///
    /// - Parameters:
    ///   - count: How many they are.
    ///   - time: Their moment.
    ///   - fact: Gives one by its place from 0; it must not use the log.
    package func append(_ count: Int, at time: Timestamp, _ fact: (Int) -> Fact) {
        let woken = state.withLock { state in
            var place = 0
            while place < count {
                state.append(fact(place), at: time)
                place += 1
            }
            return state.readers.wakeAll()
        }
        for reader in woken { reader.resume() }
    }

    /// Ends every live sequence once it has delivered what the log holds.
    ///
    /// The log still takes facts afterwards, since a part that is being closed may have something left to say; the record
    /// and the tally hold them, live readers may no longer see them. Finishing twice does nothing.
    public func finish() {
        let woken = state.withLock { state in state.readers.finish() }
        for reader in woken { reader.resume() }
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
}

// MARK: - Reading

extension EventLog {
    /// The events so far, frozen.
    public var record: EventRecord {
        // The store is a value: events are copied out of it after the lock is released.
        let store = state.withLock { $0.store }
        return EventRecord(events: store.events, discarded: store.discarded)
    }

    /// Counts over every event so far, including those that a bounded log has let go.
    public var tally: Tally { state.withLock { $0.tally } }

    /// Follows the log while it grows.
    ///
    /// The sequence is a position in the log and keeps no events of its own. Any number may be open, each at its own pace;
    /// none of them ever holds up an appender. It ends after ``finish()``, or at once when the task that reads it is
    /// cancelled.
    ///
    /// - Parameters:
    ///   - start: The first event to deliver.
    ///   - maximumLag: The most events that a reader may be behind, at least 1. A reader that falls further behind is
    ///     told which ones it missed, see ``LiveEvent/missed(_:)``, and continues with the newer half of its allowance.
    /// - Returns: The events, with gaps where the reader was too slow.
    /// - Precondition: `maximumLag` is at least 1.
    public func live(from start: LiveEvents.Start = .beginning, maximumLag: Int = 8192) -> LiveEvents {
        precondition(maximumLag >= 1, "a reader is behind by at least 1 event now and then, not \(maximumLag)")
        let first = start == .beginning ? 1 : state.withLock { $0.store.lastID + 1 }
        return LiveEvents(log: self, firstID: first, maximumLag: maximumLag)
    }

    /// Looks for what a reader gets next.
    ///
    /// - Parameters:
    ///   - position: The id of the next event that the reader has not had.
    ///   - maximumLag: The most events that the reader may be behind.
    /// - Returns: What to deliver, or that there is nothing yet.
    func read(at position: Event.ID, maximumLag: Int) -> LiveEvents.Reading {
        state.withLock { state in
            let lag = state.store.lastID - position + 1
            let allowance = min(maximumLag, state.store.limit)
            if lag > allowance {
                // Room for half of the allowance, so that a reader that stays slow sees few large gaps, not many small.
                return .missed(position..<state.store.lastID + 1 - (allowance - allowance / 2))
            }
            if lag > 0 { return .event(state.store[position]) }
            return state.readers.isFinished ? .end : .nothingYet(state.readers.nextTicket())
        }
    }

    /// Waits until an event exists, the log is finished, or the task is cancelled.
    ///
    /// - Parameters:
    ///   - position: The id of the event to wait for.
    ///   - ticket: The number that ``read(at:maximumLag:)`` handed out for this wait.
    ///   - actor: The actor that the caller runs on.
    func wait(
        for position: Event.ID, ticket: LiveReaders.Ticket, isolation actor: isolated (any Actor)?
    ) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    // A task is marked as cancelled before its handler runs. So either the mark is seen here, or the
                    // handler takes the lock after this and finds the reader.
                    if state.store.lastID >= position || state.readers.isFinished || Task.isCancelled { return true }
                    state.readers.add(continuation, ticket: ticket)
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.readers.remove(ticket) }?.resume()
        }
    }
}
