/// Packets and their bytes.
public struct TrafficVolume: Hashable, Sendable {
    /// The number of packets; a super-packet that is not cut counts once.
    public internal(set) var packets: UInt64
    /// Their bytes, link headers included.
    public internal(set) var bytes: UInt64

    /// No packets.
    public static let zero = TrafficVolume()

    /// Describes a volume.
    ///
    /// - Parameters:
    ///   - packets: The number of packets.
    ///   - bytes: Their bytes.
    public init(packets: UInt64 = 0, bytes: UInt64 = 0) {
        self.packets = packets
        self.bytes = bytes
    }

    /// Both together.
    public static func + (first: TrafficVolume, second: TrafficVolume) -> TrafficVolume {
        TrafficVolume(packets: first.packets &+ second.packets, bytes: first.bytes &+ second.bytes)
    }

    mutating func count(_ length: UInt32) {
        packets &+= 1
        bytes &+= UInt64(length)
    }
}
