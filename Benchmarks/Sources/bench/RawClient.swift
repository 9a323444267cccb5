#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A blocking client that sends one request and waits for whatever ends its connection.
struct RawClient {
    let descriptor: Int32

    init?(port: Int) {
        #if canImport(Darwin)
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { return nil }
    }

    func request() {
        let bytes = Array("GET / HTTP/1.1\r\nHost: bench\r\n\r\n".utf8)
        _ = send(descriptor, bytes, bytes.count, 0)
    }

    /// Waits for the end; true for ECONNRESET.
    func endsInReset() -> Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, 0) < 0 && errno == ECONNRESET
    }

    func end() {
        close(descriptor)
    }
}
