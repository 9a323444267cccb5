/// An IPv4 or IPv6 address, as in `10.0.0.1` or `2001:db8::1`.
///
/// The text of an IPv6 address is the one of RFC 5952. An address that maps IPv4 into IPv6, `::ffff:10.0.0.1`, stays one of
/// IPv6: filters of the kernel tell the two apart.
public struct IPAddress: TextQuantity {
    /// The family of an address.
    public enum Family: Hashable, Sendable, CaseIterable {
        /// 32 bits, as in `10.0.0.1`.
        case v4
        /// 128 bits, as in `2001:db8::1`.
        case v6

        /// The number of bits of an address.
        var width: Int { self == .v4 ? 32 : 128 }
    }

    /// The family.
    public let family: Family
    /// The address as a number, the first byte on the wire the highest.
    var value: UInt128 { UInt128(high) << 64 | UInt128(low) }
    // Kept in halves: a stored `UInt128` would give the type, and whatever holds it, an alignment of 16 bytes, and a
    // parameterized test over tuples of such values jumps to a wild address under Swift 6.3.1.
    private let high: UInt64
    private let low: UInt64

    /// What documentation calls the type.
    public static let typeName = "IP address"
    /// The rule as half a sentence.
    public static let rule = "an IP address is written as in 10.0.0.1 or 2001:db8::1"

    init(family: Family, value: UInt128) {
        self.family = family
        high = UInt64(truncatingIfNeeded: value >> 64)
        low = UInt64(truncatingIfNeeded: value)
    }

    /// Creates an address from its bytes on the wire, or nothing when they are neither 4 nor 16.
    ///
    /// - Parameter bytes: The bytes in network order.
    package init?(bytes: some Collection<UInt8>) {
        guard let family = Family.allCases.first(where: { $0.width == bytes.count * 8 }) else { return nil }
        self.init(family: family, value: bytes.reduce(0) { $0 << 8 | UInt128($1) })
    }

    /// The bytes on the wire, 4 or 16 in network order.
    package var bytes: [UInt8] {
        stride(from: family.width - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt128($0)) }
    }

    /// Reads an address.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The address.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        try IPAddressText.read(text)
    }

    /// The address, for IPv6 as RFC 5952 writes it.
    public var text: String { IPAddressText.write(self) }
}
