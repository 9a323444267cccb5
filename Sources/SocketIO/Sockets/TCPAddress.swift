package import FaultModel

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// An IPv4 or IPv6 address with a port.
public struct TCPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address in its usual form, without brackets.
    public let host: String
    /// The port; 0 asks the system for a free one.
    public let port: Int

    let isIPv6: Bool
    private let bytes: [UInt8]

    /// The loopback address of IPv4.
    ///
    /// - Parameter port: The port; 0 asks the system for a free one.
    /// - Returns: The address.
    public static func loopback(port: Int = 0) -> TCPAddress {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(clamping: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        #if canImport(Darwin)
        address.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
        #endif
        return TCPAddress(
            host: "127.0.0.1", port: Int(UInt16(clamping: port)), isIPv6: false,
            bytes: withUnsafeBytes(of: &address) { [UInt8]($0) })
    }

    private init(host: String, port: Int, isIPv6: Bool, bytes: [UInt8]) {
        self.host = host
        self.port = port
        self.isIPv6 = isIPv6
        self.bytes = bytes
    }

    /// The address without its port; one of IPv4 that came as one of IPv6 is one of IPv4, as on the wire.
    package var ipAddress: IPAddress? {
        let mapped = "::ffff:"
        let isMapped = isIPv6 && host.hasPrefix(mapped) && host.contains(".")
        // Behind the percent sign of a link-local address stands an interface.
        return IPAddress(String((isMapped ? host.dropFirst(mapped.count) : host[...]).prefix { $0 != "%" }))
    }

    /// Looks up a host; names are resolved by the system, which may block.
    ///
    /// - Parameters:
    ///   - host: A name, or an address without brackets.
    ///   - port: A port from 0 to 65535.
    /// - Throws: ``AddressError`` when there is no such host or port; the caller corrects the text.
    public init(resolving host: String, port: Int) throws(AddressError) {
        self = try Self.lookUp(host, port: port)[0]
    }

    /// Looks up all addresses of a host, in the order in which the system would try them; it may block.
    ///
    /// A name like `localhost` often has an IPv6 address first that nobody listens on.
    ///
    /// - Parameters:
    ///   - host: A name, or an address without brackets.
    ///   - port: A port from 0 to 65535.
    /// - Returns: At least one address.
    /// - Throws: ``AddressError`` when there is no such host or port.
    package static func lookUp(_ host: String, port: Int) throws(AddressError) -> [TCPAddress] {
        guard (0...65_535).contains(port) else {
            throw AddressError(text: "\(host):\(port)", reason: "a port is a number from 0 to 65535")
        }
        var hints = addrinfo()
        #if canImport(Glibc)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard code == 0 else {
            throw AddressError(text: "\(host):\(port)", reason: String(cString: gai_strerror(code)))
        }
        var addresses: [TCPAddress] = []
        var entry = list
        while let info = entry?.pointee {
            if let address = info.ai_addr { addresses.append(TCPAddress(address, length: info.ai_addrlen)) }
            entry = info.ai_next
        }
        guard !addresses.isEmpty else { throw AddressError(text: "\(host):\(port)", reason: "no address for TCP") }
        return addresses
    }

    /// Reads `HOST:PORT`, with brackets around an IPv6 address, and looks the host up.
    ///
    /// - Parameter text: The text, as in `127.0.0.1:8080`, `localhost:0` or `[::1]:8080`.
    /// - Throws: ``AddressError`` with what is wrong with the text.
    public init(parsing text: String) throws(AddressError) {
        // A URL has a second colon, and would be taken for an IPv6 address without brackets.
        guard !text.contains("/") else {
            throw AddressError(text: text, reason: "write HOST:PORT without scheme and path, as in 127.0.0.1:8080")
        }
        guard let colon = text.lastIndex(of: ":") else {
            throw AddressError(text: text, reason: "write HOST:PORT, as in 127.0.0.1:8080")
        }
        var host = text[..<colon]
        guard let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else {
            throw AddressError(text: text, reason: "behind the last colon stands a port from 0 to 65535")
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw AddressError(text: text, reason: "write brackets around an IPv6 address, as in [::1]:8080")
        }
        guard !host.isEmpty else { throw AddressError(text: text, reason: "the host is missing") }
        try self.init(resolving: String(host), port: port)
    }

    /// Reads an address that the system filled in.
    init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
        let raw = UnsafeRawPointer(address)
        bytes = [UInt8](UnsafeRawBufferPointer(start: raw, count: Int(length)))
        isIPv6 = Int32(address.pointee.sa_family) == AF_INET6
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if isIPv6 {
            var inner = raw.loadUnaligned(as: sockaddr_in6.self)
            port = Int(UInt16(bigEndian: inner.sin6_port))
            inet_ntop(AF_INET6, &inner.sin6_addr, &text, socklen_t(text.count))
        } else {
            var inner = raw.loadUnaligned(as: sockaddr_in.self)
            port = Int(UInt16(bigEndian: inner.sin_port))
            inet_ntop(AF_INET, &inner.sin_addr, &text, socklen_t(text.count))
        }
        host = text.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Host and port as one writes them, as in `127.0.0.1:8080` or `[::1]:8080`.
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether the address is one of this machine's own loopback.
    package var isLoopback: Bool { isIPv6 ? host == "::1" : host.hasPrefix("127.") }

    var family: Int32 { isIPv6 ? AF_INET6 : AF_INET }

    /// Hands the address to a system call.
    func withSystemAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        bytes.withUnsafeBytes { buffer in
            withUnsafeTemporaryAllocation(byteCount: MemoryLayout<sockaddr_storage>.size, alignment: 8) { storage in
                storage.copyBytes(from: buffer)
                return storage.withMemoryRebound(to: sockaddr.self) { rebound in
                    guard let start = rebound.baseAddress else { preconditionFailure("an address without bytes") }
                    return body(start, socklen_t(buffer.count))
                }
            }
        }
    }
}

/// A text that is no usable address.
public struct AddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String
    /// What is wrong with it.
    public let reason: String

    /// Describes a text that is no usable address.
    package init(text: String, reason: String) {
        self.text = text
        self.reason = reason
    }

    /// One line with text and reason.
    public var description: String { "\(text): \(reason)" }
}
