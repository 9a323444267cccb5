#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// Writes bytes to a descriptor.
///
/// - Parameters:
///   - bytes: The bytes.
///   - descriptor: The descriptor.
/// - Returns: The error number that stopped it, or 0 when everything was written.
func writeAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
            // Somebody who shares the terminal or the pipe has made it non-blocking.
            var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&wanted, 1, -1)
        } else if errno != EINTR {
            return errno
        }
    }
    return 0
}

/// Writes bytes to a descriptor.
///
/// - Parameters:
///   - bytes: The bytes.
///   - descriptor: The descriptor.
/// - Returns: The error number that stopped it, or 0 when everything was written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    writeAll(bytes[...], to: descriptor)
}
