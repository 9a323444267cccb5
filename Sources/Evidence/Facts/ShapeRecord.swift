/// What a shaped link did from the moment its fault was armed until it was lifted, replaced, or the proxy ended.
public struct ShapeRecord: Hashable, Sendable {
    /// Connections whose bytes passed the link.
    public let connections: Int
    /// Bytes that passed.
    public let bytes: Int64
    /// Bytes among them that had to wait for tokens.
    public let delayedBytes: Int64
    /// Bytes that a kernel would have dropped, whose queue was offered the same bytes at the same moments.
    ///
    /// Their senders would have sent them again; a proxy lets them wait where they are.
    public let refusedBytes: Int64
    /// The longest time that a byte waited before it passed.
    public let longestDelay: Duration
    /// The most bytes that the link held at once.
    public let mostHeld: Int64
    /// The size of the bucket, in bytes.
    public let burst: Int64

    /// Describes what a link did.
    ///
    /// - Parameters:
    ///   - connections: Connections whose bytes passed the link.
    ///   - bytes: Bytes that passed.
    ///   - delayedBytes: Bytes among them that had to wait for tokens.
    ///   - refusedBytes: Bytes that a kernel would have dropped.
    ///   - longestDelay: The longest time that a byte waited before it passed.
    ///   - mostHeld: The most bytes that the link held at once.
    ///   - burst: The size of the bucket, in bytes.
    public init(
        connections: Int, bytes: Int64, delayedBytes: Int64, refusedBytes: Int64, longestDelay: Duration,
        mostHeld: Int64, burst: Int64
    ) {
        self.connections = connections
        self.bytes = bytes
        self.delayedBytes = delayedBytes
        self.refusedBytes = refusedBytes
        self.longestDelay = longestDelay
        self.mostHeld = mostHeld
        self.burst = burst
    }

    /// The full packets of 1514 bytes that would hold ``refusedBytes``: about what a kernel would have dropped.
    public var refusedPackets: Int64 { refusedBytes / 1514 + (refusedBytes % 1514 == 0 ? 0 : 1) }
}
