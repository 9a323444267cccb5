/// Packets that were written down.
public struct PacketTrace: TrafficSource {
    private let packets: [Packet]
    private var next = 0

    /// Plays packets.
    ///
    /// - Parameter packets: The packets in the order of their arrivals; where they say they came from does not matter.
    public init(_ packets: [Packet]) {
        self.packets = packets
    }

    /// The next packet.
    public var upcoming: Packet? { next < packets.count ? packets[next] : nil }

    /// Goes on to the next packet.
    public mutating func advance() { next += 1 }
}
