#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A TCP socket on the loopback interface that never blocks, closed with its last holder.
final class PlainSocket: Sendable {
    let descriptor: Int32

    private init?(_ descriptor: Int32) {
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) | O_NONBLOCK)
        #if canImport(Darwin)
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    deinit { close(descriptor) }

    /// Listens on a free port.
    static func listening() -> PlainSocket? {
        let socket = PlainSocket(makeDescriptor())
        guard let socket, withAddress(port: 0, { bind(socket.descriptor, $0, $1) }) == 0,
            listen(socket.descriptor, 1024) == 0
        else { return nil }
        return socket
    }

    /// Connects; on the loopback interface that takes no time.
    static func connected(to port: Int) -> PlainSocket? {
        let descriptor = makeDescriptor()
        guard withAddress(port: port, { connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
        return PlainSocket(descriptor)
    }

    /// A connection that has come, if one has.
    func accepted() -> PlainSocket? { PlainSocket(accept(descriptor, nil, nil)) }

    var port: Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Keeps little in the system, or a slow link would be measured by what the system keeps for it.
    func limitSendBuffer(to bytes: Int32) {
        var bytes = bytes
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Sends what the system takes.
    func sendSome(_ bytes: [UInt8]) {
        #if canImport(Darwin)
        _ = send(descriptor, bytes, bytes.count, 0)
        #else
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }

    /// Reads what is there; the number of bytes, or 0 or less when there is none.
    func read(into buffer: inout [UInt8]) -> Int { recv(descriptor, &buffer, buffer.count, 0) }

    private static func makeDescriptor() -> Int32 {
        #if canImport(Darwin)
        socket(AF_INET, SOCK_STREAM, 0)
        #else
        socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }

    private static func withAddress(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
