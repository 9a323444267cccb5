import Synchronization

/// A count, or a list, that several threads of a test add to.
package final class Tally<Entry: Sendable>: Sendable {
    private let stored = Mutex<[Entry]>([])

    package init() {}

    package var entries: [Entry] { stored.withLock { $0 } }
    package var count: Int { stored.withLock { $0.count } }

    package func add(_ entry: Entry) { stored.withLock { $0.append(entry) } }

    /// Takes the next of so many turns.
    package func takeTurn(of most: Int, _ entry: Entry) -> Bool {
        stored.withLock { stored in
            guard stored.count < most else { return false }
            stored.append(entry)
            return true
        }
    }
}
