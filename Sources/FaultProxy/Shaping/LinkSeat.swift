import FaultModel

/// The place of one connection at a shaped link: what it holds there, and how far it has been counted.
///
/// Positions count bytes from the upstream since the connection began. Confined to the thread of its loop.
final class LinkSeat {
    let link: ShapedLink
    /// The connection, as long as it has not left.
    private(set) weak var connection: ProxyConnection?

    /// Bytes that may go to the client and wait at the link.
    private(set) var held = 0
    /// Whether the connection stands in the line for tokens.
    var isInLine = false
    /// Whether the connection has bytes, or would read some, for which the link has no room.
    var isStarved = false
    /// Whether the client's socket takes nothing at the moment; what waits for that does not wait at the link.
    var isBlocked = false
    /// Whether bytes of the connection are known to be in its upstream's socket, because the link had no room.
    var isDenied = false
    /// Whether something has come, to the link or into the upstream's socket, since the bucket was last empty.
    var isFresh = false
    /// Whether bytes of the connection have passed the link.
    var hasPassed = false

    /// The position up to which bytes are counted as delayed.
    var delayedUpTo: UInt64 = 0
    /// The position up to which bytes were in the upstream's socket when the bucket could not pay for those before them.
    var keptUpTo: UInt64 = 0
    /// The position up to which bytes are known to have come.
    var arrivedUpTo: UInt64

    /// When bytes came to the link: of each stretch of some thousand, when its first did.
    private var marks = FIFO<(start: UInt64, time: Timestamp)>()
    private var markedUpTo: UInt64 = 0

    /// Bytes that one mark stands for, and the time in which they came; the delay that is found is that of their first.
    private static let markStretch: (bytes: UInt64, time: Duration) = (4096, .milliseconds(10))

    /// Takes a place.
    ///
    /// - Parameters:
    ///   - connection: The connection.
    ///   - link: The link.
    ///   - passed: The position up to which the client has been sent its bytes; what is behind it comes to the link.
    init(_ connection: ProxyConnection, at link: ShapedLink, behind passed: UInt64) {
        self.connection = connection
        arrivedUpTo = passed
        self.link = link
    }

    /// Whether the connection has a share of the room at the link.
    var isContending: Bool { held > 0 || isStarved }

    /// Changes what is held.
    ///
    /// - Parameters:
    ///   - bytes: Bytes that wait at the link.
    ///   - passed: The position up to which the client has been sent its bytes.
    ///   - now: The present moment.
    func hold(_ bytes: Int, behind passed: UInt64, at now: Timestamp) {
        held = bytes
        guard bytes > 0 else {
            marks = FIFO()
            markedUpTo = passed
            return
        }
        let end = passed + UInt64(bytes)
        guard end > markedUpTo else { return }
        if !isMarked(at: now) { marks.append((markedUpTo, now)) }
        markedUpTo = end
    }

    /// Whether the last mark stands for what comes now, too.
    private func isMarked(at now: Timestamp) -> Bool {
        guard let last = marks.last else { return false }
        return markedUpTo < last.start + Self.markStretch.bytes && now - last.time < Self.markStretch.time
    }

    /// The longest time that any of the bytes before a position waited at the link; forgets those that are gone.
    func longestWait(before passed: UInt64, at now: Timestamp) -> Duration {
        var longest = Duration.zero
        while let first = marks.first, first.start < passed {
            longest = max(longest, now - first.time)
            // What is left of a stretch goes on waiting since its mark.
            guard passed >= (marks.count > 1 ? marks[1].start : markedUpTo) else { break }
            marks.removeFirst()
        }
        return longest
    }

    /// Notes that the connection has left.
    func vacate() {
        connection = nil
        held = 0
        isStarved = false
        isDenied = false
    }
}
