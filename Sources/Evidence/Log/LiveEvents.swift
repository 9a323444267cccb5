/// The events of a log while it grows, and the gaps where the reader was too slow.
///
/// ```swift
/// for await item in log.live() {
///     switch item {
///     case .event(let event): print(event.time, event.fact)
///     case .missed(let ids): print("too slow for \(ids.count) events")
///     }
/// }
/// ```
public struct LiveEvents: AsyncSequence, Sendable {
    /// An event or a gap.
    public typealias Element = LiveEvent
    /// Following a log never fails.
    public typealias Failure = Never

    /// Where a reader begins.
    public enum Start: Hashable, Sendable {
        /// At the first event of the log, so that nothing is missed by asking late.
        case beginning
        /// At the first event appended after the sequence was asked for.
        case now
    }

    /// What a log has for a reader.
    enum Reading {
        case event(Event)
        case missed(Range<Event.ID>)
        case nothingYet(LiveReaders.Ticket)
        case end
    }

    let log: EventLog
    let firstID: Event.ID
    let maximumLag: Int

    /// Begins to read; every iterator of a sequence begins at the same event.
    public func makeAsyncIterator() -> Iterator {
        Iterator(log: log, position: firstID, maximumLag: maximumLag)
    }

    /// A position in a log that grows.
    public struct Iterator: AsyncIteratorProtocol {
        private let log: EventLog
        private let maximumLag: Int
        private var position: Event.ID
        private var isAtEnd = false

        init(log: EventLog, position: Event.ID, maximumLag: Int) {
            self.log = log
            self.position = position
            self.maximumLag = maximumLag
        }

        /// Waits for the next event.
        ///
        /// - Returns: An event, a gap, or `nil` when the log is finished and read to its end or the task is cancelled.
        public mutating func next() async -> LiveEvent? {
            await next(isolation: #isolation)
        }

        /// Waits for the next event without leaving the actor of the caller.
        ///
        /// - Parameter actor: The actor that the caller runs on.
        /// - Returns: An event, a gap, or `nil` when the log is finished and read to its end or the task is cancelled.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> LiveEvent? {
            while !isAtEnd && !Task.isCancelled {
                switch log.read(at: position, maximumLag: maximumLag) {
                case .event(let event):
                    position = event.id + 1
                    return .event(event)
                case .missed(let ids):
                    position = ids.upperBound
                    return .missed(ids)
                case .nothingYet(let ticket):
                    await log.wait(for: position, ticket: ticket, isolation: actor)
                case .end:
                    isAtEnd = true
                }
            }
            return nil
        }
    }
}

/// What a reader of a growing log gets.
public enum LiveEvent: Hashable, Sendable {
    /// The next event.
    case event(Event)
    /// Events that the reader was too slow for; an unbounded log still has them in its record.
    case missed(Range<Event.ID>)
}
