/// An IP address or a block of addresses, as in `10.0.0.1`, `10.0.0.0/8` or `2001:db8::/32`.
///
/// Bits behind the prefix say nothing and are cleared: `10.1.2.3/8` is `10.0.0.0/8`.
public struct IPNetwork: TextQuantity {
    /// The first address.
    public let address: IPAddress
    /// How many leading bits all addresses share, 0 to 32 or 0 to 128.
    public let prefixLength: Int

    /// What documentation calls the type.
    public static let typeName = "IP address or CIDR block"
    /// The rule as half a sentence.
    public static let rule = "an IP address or CIDR block is written as in 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32"

    /// Creates a block, or nothing when the prefix is longer than the address.
    ///
    /// - Parameters:
    ///   - address: Any address of the block.
    ///   - prefixLength: How many leading bits all addresses share, 0 to 32 for IPv4 and 0 to 128 for IPv6.
    public init?(_ address: IPAddress, prefixLength: Int) {
        guard (0...address.family.width).contains(prefixLength) else { return nil }
        self.init(unchecked: address, prefixLength: prefixLength)
    }

    /// The block that holds one address only.
    ///
    /// - Parameter address: The address.
    public init(_ address: IPAddress) {
        self.init(unchecked: address, prefixLength: address.family.width)
    }

    private init(unchecked address: IPAddress, prefixLength: Int) {
        self.address = IPAddress(
            family: address.family, value: address.value & Self.mask(address.family, prefixLength))
        self.prefixLength = prefixLength
    }

    /// Whether an address lies within the block; one of the other family never does.
    ///
    /// - Parameter other: The address.
    /// - Returns: Whether the address and the block share the prefix.
    public func contains(_ other: IPAddress) -> Bool {
        other.family == address.family && other.value & Self.mask(address.family, prefixLength) == address.value
    }

    /// Reads an address or a block.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The block.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let address: IPAddress
        do throws(TunableFlaw) {
            address = try IPAddress.read(String(parts[0]))
        } catch {
            if error.message == nil, HostName(text) != nil {
                throw TunableFlaw(
                    message: "this is a host name, not an address", hint: "write host names in DESTINATION_HOSTS")
            }
            throw error
        }
        guard parts.count == 2 else { return Self(address) }
        let width = address.family.width
        let digits = parts[1].utf8
        guard (1...3).contains(digits.count), digits.allSatisfy(\.isDigit), let length = Int(parts[1]) else {
            throw TunableFlaw(
                message: "the part after '/' is no number of bits", hint: "write a number from 0 to \(width)")
        }
        guard let network = Self(address, prefixLength: length) else {
            throw TunableFlaw(message: "the prefix is longer than the address", hint: "the largest is \(width)")
        }
        return network
    }

    /// Tells which bits of an address did not count.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when every bit counted.
    public static func note(on text: String, readAs value: Self) -> String? {
        guard let address = IPAddress(String(text.prefix { $0 != "/" })), address != value.address else { return nil }
        return "read as \(value)"
    }

    /// The address, and the length of the prefix unless it is the whole address.
    public var text: String {
        prefixLength == address.family.width ? address.text : "\(address)/\(prefixLength)"
    }

    private static func mask(_ family: IPAddress.Family, _ prefixLength: Int) -> UInt128 {
        // A shift by the whole width gives zero, which is what a prefix of no bits asks for.
        let ones: UInt128 = family == .v4 ? 0xFFFF_FFFF : .max
        return ones & (ones << UInt128(family.width - prefixLength))
    }
}
