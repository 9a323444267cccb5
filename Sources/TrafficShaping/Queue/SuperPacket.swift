/// A packet that the network card, or the stack behind the queueing discipline, will cut into segments (GSO, TSO).
public struct SuperPacket: Hashable, Sendable {
    /// The length of all segments together, in bytes, each with its headers: what the queueing discipline counts.
    public let length: UInt32
    /// The length of a full segment with its headers and 14 bytes of link header, in bytes.
    public let segmentLength: UInt32

    /// Describes a super-packet.
    ///
    /// - Parameters:
    ///   - length: The length of all segments together, in bytes, at least 1.
    ///   - segmentLength: The length of a full segment, in bytes, at least 1; the last one may be shorter.
    /// - Precondition: Neither is 0.
    public init(length: UInt32, segmentLength: UInt32) {
        precondition(length > 0 && segmentLength > 0, "a super-packet has bytes, and so has a segment")
        self.length = length
        self.segmentLength = segmentLength
    }

    /// The number of segments.
    public var segmentCount: UInt32 { (length - 1) / segmentLength + 1 }

    /// The lengths of the segments, in order.
    public var segmentLengths: some Sequence<UInt32> {
        (0..<segmentCount).lazy.map { [self] in $0 == segmentCount - 1 ? length - $0 * segmentLength : segmentLength }
    }

    /// How a shaper takes a super-packet.
    public enum Treatment: Hashable, Sendable {
        /// Charged as one packet, and sent as one burst.
        case whole
        /// Cut first, because a bucket cannot hold it; each segment waits, and is dropped, by itself.
        case segmented
        /// Dropped as one packet, because a bucket cannot hold one segment either.
        case refused
    }

    /// How a shaper with these settings takes it.
    ///
    /// - Parameter configuration: The settings.
    /// - Returns: How.
    public func treatment(by configuration: ShaperConfiguration) -> Treatment {
        if length <= configuration.largestPacket { return .whole }
        return segmentLength <= configuration.largestPacket ? .segmented : .refused
    }
}

extension TokenBucketFilter {
    /// Takes a super-packet in, whole or in segments, or refuses it.
    ///
    /// - Parameters:
    ///   - packet: The super-packet.
    ///   - tag: What the driver knows it by; segments share it.
    /// - Returns: What becomes of it, or of each of its segments in order.
    public mutating func enqueue(_ packet: SuperPacket, tag: Int = 0) -> [Admission] {
        switch packet.treatment(by: configuration) {
        case .segmented:
            packet.segmentLengths.map { enqueue(Entry(length: $0, tag: tag)) }
        case .whole, .refused:
            [enqueue(Entry(length: packet.length, segments: packet.segmentCount, tag: tag))]
        }
    }
}

extension TokenBucketQueue {
    /// Takes a super-packet in, whole or in segments, or refuses it.
    ///
    /// The kernel cuts it before anything may leave: each segment finds those before it in the queue, also those that leave
    /// at once.
    ///
    /// - Parameters:
    ///   - packet: The super-packet.
    ///   - arrival: The moment at which it arrives, in nanoseconds from 0 to 2^62, not before that of the packet before it.
    ///   - body: Is told the length and the outcome of the packet, or of each of its segments in order, and the bytes that
    ///     wait after it.
    mutating func offer(
        _ packet: SuperPacket, at arrival: Int64, _ body: (UInt32, PacketOutcome, _ backlog: UInt64) -> Void
    ) {
        guard packet.segmentLength < packet.length, packet.length > largestPacket, packet.segmentLength <= largestPacket
        else {
            let outcome = offer(packet.length, at: arrival)
            return body(packet.length, outcome, waiting)
        }
        var leaving: UInt64 = 0
        for length in packet.segmentLengths {
            if backlog(at: arrival) &+ leaving &+ UInt64(length) > limit {
                body(length, .limit, waiting)
                continue
            }
            let outcome = offer(length, at: arrival)
            if outcome == .sent(at: arrival) { leaving &+= UInt64(length) }
            body(length, outcome, waiting)
        }
    }
}
