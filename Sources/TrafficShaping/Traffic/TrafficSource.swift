/// Somebody who sends packets in a simulation: a generator, or a program that waits for what it has sent.
///
/// A simulation takes the packet in ``upcoming`` when its moment has come, calls ``advance()``, and says what became of the
/// packet as soon as that is decided. That can be before the moment of a departure, so a source must follow from *what*
/// became of its packets and never from *when* it was told.
///
/// ```swift
/// while let packet = source.upcoming {
///     source.advance()
///     source.packet(packet, became: PacketFate(link.offer(packet)))
/// }
/// ```
public protocol TrafficSource: Sendable {
    /// The next packet; `nil` when there is none, or when that depends on what becomes of packets on their way.
    ///
    /// Packets do not go back in time. Being told what became of a packet may bring the next one forward, but not before
    /// the moment of that.
    var upcoming: Packet? { get }

    /// How often the source gave up to send something; 0 for one that never does.
    var transfersGivenUp: Int { get }

    /// Goes on to the packet after ``upcoming``, which has been sent.
    mutating func advance()

    /// Learns what became of a packet; the default does not care.
    ///
    /// - Parameters:
    ///   - packet: The packet, or a segment of it.
    ///   - fate: What became of it.
    mutating func packet(_ packet: Packet, became fate: PacketFate)
}

extension TrafficSource {
    /// None.
    public var transfersGivenUp: Int { 0 }

    /// Does not care.
    public mutating func packet(_ packet: Packet, became fate: PacketFate) {}
}
