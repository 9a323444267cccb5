import FaultModel

/// The events of a log: appended at the end, let go at the start when there is a bound.
///
/// Events lie in chunks. A copy taken as a record shares them, so an append that follows copies one chunk at most and
/// never the whole log; and growing moves references to chunks, not events. Both keep the time that an appender holds
/// the lock of the log short and independent of its length.
struct EventStore: Sendable {
    /// Large enough that the list of chunks stays short, small enough that a copy of one takes microseconds.
    static let chunkSize = 512

    private let capacity: Int?
    private var chunks: [[Event]] = []
    /// Events in chunks that were let go, a multiple of the chunk size.
    private var released = 0
    /// The id of the newest event; 0 when there was none yet.
    private(set) var lastID: Event.ID = 0

    /// Creates an empty store that keeps at most `capacity` events, or all of them.
    init(capacity: Int?) {
        precondition(capacity.map { $0 >= 1 } ?? true, "a log keeps at least 1 event, not \(capacity ?? 0)")
        self.capacity = capacity
    }

    /// The id of the oldest event that is kept, one more than ``lastID`` when there is none.
    var firstID: Event.ID {
        guard let capacity else { return 1 }
        return max(1, lastID - capacity + 1)
    }

    /// The events that were let go.
    var discarded: Int { firstID - 1 }

    /// The most events that are ever kept.
    var limit: Int { capacity ?? .max }

    /// The events that are kept, in order.
    var events: [Event] {
        var events: [Event] = []
        events.reserveCapacity(lastID - discarded)
        for (index, chunk) in chunks.enumerated() {
            // The bound may lie inside the oldest chunk; the chunk goes when the bound has passed all of it.
            events += index == 0 ? chunk.dropFirst(discarded - released) : chunk[...]
        }
        return events
    }

    /// The event with an id from ``firstID`` to ``lastID``.
    subscript(id: Event.ID) -> Event {
        let index = id - 1 - released
        return chunks[index / Self.chunkSize][index % Self.chunkSize]
    }

    /// Adds an event under the next id.
    mutating func append(_ fact: Fact, at time: Timestamp) {
        if lastID.isMultiple(of: Self.chunkSize) { chunks.append([]) }
        lastID += 1
        chunks[chunks.count - 1].append(Event(id: lastID, time: time, fact: fact))
        if discarded - released >= Self.chunkSize {
            chunks.removeFirst()
            released += Self.chunkSize
        }
    }
}
