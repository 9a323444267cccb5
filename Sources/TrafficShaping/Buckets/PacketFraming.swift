/// How the bytes of a packet are counted before they are charged: `overhead`, `mpu` and `linklayer` of `tc`.
///
/// The kernel adds the overhead first, then raises the sum to the smallest packet, then fills whole ATM cells.
public struct PacketFraming: Hashable, Sendable {
    /// Bytes that every packet costs beside its own, 0 to 65,535.
    public let overhead: UInt16
    /// The fewest bytes that a packet is charged for, 0 to 65,535; `mpu` of `tc`.
    public let smallestPacket: UInt16
    /// What the bytes travel in.
    public let linkLayer: LinkLayer

    /// Bytes as they are: what `tc` does when it is told nothing.
    public static let plain = PacketFraming()

    /// Describes a framing.
    ///
    /// - Parameters:
    ///   - overhead: Bytes that every packet costs beside its own, 0 to 65,535.
    ///   - smallestPacket: The fewest bytes that a packet is charged for, 0 to 65,535.
    ///   - linkLayer: What the bytes travel in.
    public init(overhead: UInt16 = 0, smallestPacket: UInt16 = 0, linkLayer: LinkLayer = .ethernet) {
        self.overhead = overhead
        self.smallestPacket = smallestPacket
        self.linkLayer = linkLayer
    }

    /// What a packet is charged for, in bytes on the wire.
    ///
    /// - Parameter length: The length of the packet, in bytes.
    /// - Returns: The bytes, with the 32-bit arithmetic of the kernel: a sum beyond it wraps around.
    @inlinable
    public func chargedBytes(of length: UInt32) -> UInt32 {
        let sum = max(length &+ UInt32(overhead), UInt32(smallestPacket))
        switch linkLayer {
        case .ethernet: return sum
        case .atm: return ((sum &+ 47) / 48) &* 53
        }
    }

    /// Whether what a number of bytes is charged for can be counted in 32 bits.
    func fits(_ length: UInt32) -> Bool {
        let sum = max(UInt64(length) + UInt64(overhead), UInt64(smallestPacket))
        return (linkLayer == .atm ? (sum + 47) / 48 * 53 : sum) <= UInt64(UInt32.max)
    }
}

/// What the bytes of a packet travel in.
public enum LinkLayer: String, Hashable, Sendable, CaseIterable {
    /// Frames of any length.
    case ethernet
    /// Cells of 53 bytes that carry 48, as on ADSL.
    case atm
}
