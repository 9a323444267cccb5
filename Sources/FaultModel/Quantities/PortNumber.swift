/// A TCP port from 1 to 65535.
public struct PortNumber: Hashable, Comparable, Sendable {
    /// The number on the wire, 1 to 65535.
    public let number: UInt16

    /// The ports a process may bind only with privilege, on a Linux that was not told otherwise.
    static let privileged: ClosedRange<PortNumber> = PortNumber(unchecked: 1)...PortNumber(unchecked: 1023)
    /// The ports Linux hands out for outgoing connections (`net.ipv4.ip_local_port_range`, as shipped).
    static let ephemeral: ClosedRange<PortNumber> = PortNumber(unchecked: 32768)...PortNumber(unchecked: 60999)

    /// Creates a port, or nothing when the number lies outside 1 to 65535.
    ///
    /// - Parameter number: A whole number from 1 to 65535.
    public init?(_ number: Int) {
        guard (1...65535).contains(number) else { return nil }
        self.init(unchecked: UInt16(number))
    }

    init(unchecked number: UInt16) {
        self.number = number
    }

    /// Whether the first port has the smaller number.
    public static func < (smaller: PortNumber, larger: PortNumber) -> Bool {
        smaller.number < larger.number
    }
}

extension PortNumber: ExpressibleByIntegerLiteral {
    /// Creates a port from a literal.
    ///
    /// - Parameter value: A whole number from 1 to 65535.
    /// - Precondition: The literal lies in 1 to 65535.
    public init(integerLiteral value: Int) {
        precondition((1...65535).contains(value), "a port is a whole number from 1 to 65535, not \(value)")
        self.init(unchecked: UInt16(value))
    }
}

extension PortNumber: CustomStringConvertible {
    /// The number, as in `8080`.
    public var description: String { String(number) }
}
