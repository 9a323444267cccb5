/// A packet on its way to a link.
public struct Packet: Hashable, Sendable {
    /// The latest moment at which a packet can arrive, in nanoseconds: 2^62, which is 146 years.
    public static let latestArrival: Int64 = 1 << 62

    /// The moment at which it arrives, in nanoseconds, 0 to 2^62.
    public let arrival: Int64
    /// Its length in bytes, as the queueing discipline counts it: the IP packet and 14 bytes of link header.
    public let length: UInt32
    /// The length of a full segment in bytes, when it is a ``SuperPacket``; otherwise ``length``.
    public let segmentLength: UInt32
    /// Which source of a simulation it came from, counted from 0.
    public var source: Int
    /// What its source knows it by; a link does not look at it.
    public let tag: Int

    /// Describes a packet.
    ///
    /// - Parameters:
    ///   - arrival: The moment at which it arrives, in nanoseconds, 0 to 2^62.
    ///   - length: Its length in bytes: the IP packet and 14 bytes of link header.
    ///   - source: Which source of a simulation it came from, counted from 0.
    ///   - tag: What its source knows it by.
    /// - Precondition: The moment lies in its range.
    @inlinable
    public init(arrival: Int64, length: UInt32, source: Int = 0, tag: Int = 0) {
        precondition(
            arrival >= 0 && arrival <= Self.latestArrival, "a packet arrives between 0 and 2^62 nanoseconds")
        self.arrival = arrival
        self.length = length
        segmentLength = length
        self.source = source
        self.tag = tag
    }

    /// Describes a super-packet.
    ///
    /// - Parameters:
    ///   - arrival: The moment at which it arrives, in nanoseconds, 0 to 2^62.
    ///   - superPacket: Its length and that of its segments.
    ///   - source: Which source of a simulation it came from, counted from 0.
    ///   - tag: What its source knows it by; its segments share it.
    /// - Precondition: The moment lies in its range.
    public init(arrival: Int64, _ superPacket: SuperPacket, source: Int = 0, tag: Int = 0) {
        precondition(
            arrival >= 0 && arrival <= Self.latestArrival, "a packet arrives between 0 and 2^62 nanoseconds")
        self.arrival = arrival
        length = superPacket.length
        segmentLength = superPacket.segmentLength
        self.source = source
        self.tag = tag
    }

    /// What it is when it has segments.
    var superPacket: SuperPacket? {
        segmentLength < length && segmentLength > 0
            ? SuperPacket(length: length, segmentLength: segmentLength) : nil
    }

    /// One of its segments.
    func segment(_ length: UInt32) -> Packet {
        Packet(arrival: arrival, length: length, source: source, tag: tag)
    }
}
