public import FaultModel

/// The price list of a link: the nanoseconds in which a bucket earns the bytes of a packet.
///
/// A division per packet is too slow for a kernel, so it multiplies by a number of 32 bits and shifts (`psched_ratecfg` of
/// Linux). The product is cut off, which makes a packet up to a nanosecond too cheap; at 100 Gbit/s that is 2 % of a small
/// one. This type has the same numbers, so every cost is the kernel's to the nanosecond.
public struct PacketCost: Hashable, Sendable {
    /// The rate.
    public let rate: DataRate
    /// How bytes are counted.
    public let framing: PacketFraming

    /// The multiplier, a number of 32 bits.
    @usableFromInline let multiplier: UInt64
    /// The bits to shift by, 0 to 63.
    @usableFromInline let shift: UInt64
    /// Whether a packet is charged for its bytes and nothing else.
    @usableFromInline let isPlain: Bool

    /// Prepares the price list of a rate.
    ///
    /// - Parameters:
    ///   - rate: The rate.
    ///   - framing: How bytes are counted.
    public init(_ rate: DataRate, framing: PacketFraming = .plain) {
        self.rate = rate
        self.framing = framing
        isPlain = framing == .plain
        // The largest multiplier that fits, for the smallest error.
        var factor: UInt64 = 1_000_000_000
        var shift: UInt64 = 0
        var multiplier = UInt64(UInt32(truncatingIfNeeded: factor / rate.bytesPerSecond))
        while multiplier >> 31 == 0, factor >> 63 == 0 {
            factor <<= 1
            shift += 1
            multiplier = UInt64(UInt32(truncatingIfNeeded: factor / rate.bytesPerSecond))
        }
        self.multiplier = multiplier
        self.shift = shift
    }

    /// What a packet costs.
    ///
    /// - Parameter length: The length of the packet, in bytes.
    /// - Returns: Nanoseconds, 0 or more.
    @inlinable
    public func nanoseconds(for length: UInt32) -> Int64 { nanoseconds(forCharged: chargedBytes(of: length)) }

    /// What a packet is charged for, in bytes.
    @inlinable
    func chargedBytes(of length: UInt32) -> UInt32 { isPlain ? length : framing.chargedBytes(of: length) }

    /// What bytes cost.
    @inlinable
    func nanoseconds(forCharged bytes: UInt32) -> Int64 {
        // 32 bits times 32 bits cannot overflow, and the shift is at least 2 where the product has 64 bits.
        Int64(truncatingIfNeeded: (UInt64(bytes) &* multiplier) &>> shift)
    }

    /// The largest packet that a number of nanoseconds pays for.
    ///
    /// - Parameter nanoseconds: What there is to spend.
    /// - Returns: Its length in bytes, for a plain framing; 0 when not even one byte is paid for.
    func bytes(for nanoseconds: Int64) -> UInt32 {
        guard nanoseconds >= 0, multiplier > 0 else { return 0 }
        // (n × m) >> s ≤ t  ⇔  n × m < (t + 1) << s
        let (high, low) = (UInt64(nanoseconds) + 1).multipliedFullWidth(by: 1 << shift)
        guard high < multiplier else { return .max }
        let (quotient, remainder) = multiplier.dividingFullWidth((high, low))
        return UInt32(clamping: remainder == 0 ? quotient - 1 : quotient)
    }
}
