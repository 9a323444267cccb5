import Synchronization

/// A journal that keeps its entries in memory, for tests.
///
/// ```swift
/// let journal = MemoryJournal()
/// let report = try await experiment.run(on: backend, clock: clock, journal: journal)
/// ```
public final class MemoryJournal: RunJournal {
    private let reaction: @Sendable (JournalEntry) async throws -> Void
    private let written = Mutex<[JournalEntry]>([])

    /// Creates an empty journal.
    ///
    /// - Parameter reaction: Called before each entry is kept: throws to make the writing fail, sleeps to make it slow.
    public init(reaction: @escaping @Sendable (JournalEntry) async throws -> Void = { _ in }) {
        self.reaction = reaction
    }

    /// The entries so far, in order.
    public var entries: [JournalEntry] { written.withLock(\.self) }

    /// Keeps an entry.
    ///
    /// - Parameter entry: The entry.
    /// - Throws: Whatever the reaction throws; the entry is not kept then.
    public func append(_ entry: JournalEntry) async throws {
        try await reaction(entry)
        written.withLock { $0.append(entry) }
    }
}
