#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// Writes bytes to a blocking descriptor.
///
/// - Parameters:
///   - bytes: The bytes.
///   - descriptor: The descriptor.
/// - Returns: The error number that stopped it, or 0 when everything was written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var sent = 0
    while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
            sent += count
        } else if errno != EINTR {
            return errno
        }
    }
    return 0
}
