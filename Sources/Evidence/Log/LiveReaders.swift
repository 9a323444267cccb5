/// The live readers of a log that wait for the next event, and whether there will be one.
struct LiveReaders: Sendable {
    /// The number of one wait.
    typealias Ticket = Int

    /// Whether the log was finished.
    private(set) var isFinished = false
    private var waiting: [Ticket: CheckedContinuation<Void, Never>] = [:]
    private var lastTicket = 0

    /// Hands out a number for one wait.
    mutating func nextTicket() -> Ticket {
        lastTicket += 1
        return lastTicket
    }

    /// Keeps a reader until it is woken or removed.
    mutating func add(_ reader: CheckedContinuation<Void, Never>, ticket: Ticket) {
        waiting[ticket] = reader
    }

    /// Takes out one reader, or nothing when it was woken before or did not wait.
    mutating func remove(_ ticket: Ticket) -> CheckedContinuation<Void, Never>? {
        waiting.removeValue(forKey: ticket)
    }

    /// Takes out all readers; the caller resumes them outside the lock.
    mutating func wakeAll() -> [CheckedContinuation<Void, Never>] {
        guard !waiting.isEmpty else { return [] }
        defer { waiting.removeAll(keepingCapacity: true) }
        return Array(waiting.values)
    }

    /// Notes that no reader needs to wait any more, and takes out all of them.
    mutating func finish() -> [CheckedContinuation<Void, Never>] {
        isFinished = true
        return wakeAll()
    }
}
