/// Counts of what the links of one fault that shapes did.
///
/// A link tells its figures when it ends; until then it is known only which connections had to wait. A fault that is
/// armed several times, as in pulses, has a link each time, and their figures are added up.
public struct LinkTally: Hashable, Sendable {
    /// Links that ended.
    public private(set) var ended = 0
    /// Connections whose bytes had to wait, each counted once for each link.
    public private(set) var delayedConnections = 0
    /// Connections whose bytes passed, each counted once for each link that ended.
    public private(set) var connections = 0
    /// Bytes that passed.
    public private(set) var bytes: Int64 = 0
    /// Bytes among them that had to wait.
    public private(set) var delayedBytes: Int64 = 0
    /// Bytes that a kernel would have dropped.
    public private(set) var refusedBytes: Int64 = 0
    /// The packets that would hold ``refusedBytes``: about what a kernel would have dropped.
    public private(set) var refusedPackets: Int64 = 0
    /// The longest time that a byte waited before it passed.
    public private(set) var longestDelay: Duration = .zero
    /// The most bytes that a link held at once.
    public private(set) var mostHeld: Int64 = 0
    /// The size of the bucket, in bytes; of several links the largest.
    public private(set) var burst: Int64 = 0
    /// Links that nothing passed.
    private var idle = 0
    /// Links that something passed, all of it out of the bucket that was full at the beginning.
    private var swallowed = 0

    /// Creates a tally of nothing.
    init() {}

    /// Whether a byte had to wait.
    public var hadEffect: Bool { delayedConnections > 0 || delayedBytes > 0 }

    /// That the whole workload fitted into the bucket, so that nothing was slowed down, and what helps; `nil` otherwise.
    package var swallowing: String? {
        guard !hadEffect, swallowed > 0, swallowed + idle == ended else { return nil }
        let fit =
            swallowed == 1
            ? "all \(bytes) bytes fitted into the bucket of \(burst)"
            : "all \(bytes) bytes of \(swallowed) injections fitted into a full bucket of \(burst) each"
        return "\(fit); use a smaller BURST, or a larger workload"
    }

    /// Adds a connection that had to wait.
    mutating func addDelay() { delayedConnections += 1 }

    /// Adds a link that ended.
    mutating func add(_ record: ShapeRecord) {
        ended += 1
        // Wrapping, so that a record read from a damaged file gives odd figures instead of a trap.
        connections &+= record.connections
        bytes &+= record.bytes
        delayedBytes &+= record.delayedBytes
        refusedBytes &+= record.refusedBytes
        refusedPackets &+= record.refusedPackets
        longestDelay = max(longestDelay, record.longestDelay)
        mostHeld = max(mostHeld, record.mostHeld)
        burst = max(burst, record.burst)
        if record.bytes == 0 { idle += 1 } else if record.bytes <= record.burst { swallowed += 1 }
    }
}
