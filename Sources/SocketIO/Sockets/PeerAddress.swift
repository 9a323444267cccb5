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

/// The address of a peer as an accepted connection brings it: numbers only, no memory of its own.
///
/// Every connection keeps one, so it is smaller and cheaper to make than a ``TCPAddress``.
package struct PeerAddress: Hashable, Sendable {
    /// The port.
    package let port: UInt16
    private let isIPv6: Bool
    // In network order as one number each; an address of IPv4 is the low one.
    private let high: UInt64
    private let low: UInt64

    /// Reads an address that the system filled in, unless it is of another family.
    ///
    /// - Parameter address: The address.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let inner = raw.loadUnaligned(as: sockaddr_in.self)
            isIPv6 = false
            port = UInt16(bigEndian: inner.sin_port)
            high = 0
            low = UInt64(UInt32(bigEndian: inner.sin_addr.s_addr))
        case AF_INET6:
            var inner = raw.loadUnaligned(as: sockaddr_in6.self)
            isIPv6 = true
            port = UInt16(bigEndian: inner.sin6_port)
            (high, low) = withUnsafeBytes(of: &inner.sin6_addr) { bytes in
                (
                    UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                )
            }
        default: return nil
        }
    }

    /// Whether it is one of IPv4 that came as one of IPv6, `::ffff:a.b.c.d`.
    private var isMapped: Bool { isIPv6 && high == 0 && low >> 32 == 0xFFFF }

    /// The address without its port; one of IPv4 that came as one of IPv6 is one of IPv4, as on the wire.
    package var ipAddress: IPAddress? {
        IPAddress(bytes: isIPv6 && !isMapped ? Self.bytes(high) + Self.bytes(low) : Self.bytes(low).suffix(4))
    }

    private static func bytes(_ word: UInt64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
}

extension PeerAddress: CustomStringConvertible {
    /// Address and port as one writes them, as in `127.0.0.1:40000` or `[::1]:40000`.
    package var description: String {
        guard !isIPv6 else {
            let mapped = isMapped ? "::ffff:" : ""
            return "[\(mapped)\(ipAddress?.text ?? "")]:\(port)"
        }
        // Written digit by digit: each connection that is accepted has its peer in the log.
        return String(unsafeUninitializedCapacity: 21) { buffer in
            var length = 0
            for shift: UInt64 in [24, 16, 8, 0] {
                Self.write(UInt32(truncatingIfNeeded: low &>> shift & 0xFF), to: buffer, at: &length)
                buffer[length] = shift == 0 ? UInt8(ascii: ":") : UInt8(ascii: ".")
                length += 1
            }
            Self.write(UInt32(port), to: buffer, at: &length)
            return length
        }
    }

    private static func write(_ number: UInt32, to buffer: UnsafeMutableBufferPointer<UInt8>, at length: inout Int) {
        var divisor: UInt32 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer[length] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10)
            length += 1
            divisor /= 10
        }
    }
}
