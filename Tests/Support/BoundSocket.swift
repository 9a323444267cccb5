#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Something that has a port of the loopback interface for as long as somebody holds it.
package protocol PortHolder: AnyObject, Sendable {
    var port: Int { get }
}

/// A socket that holds a free port of the loopback interface: it listens and nobody accepts, or it does not even listen
/// and every connect is refused.
package final class BoundSocket: PortHolder {
    package let descriptor: Int32
    package let port: Int

    package init(listening: Bool, backlog: Int32 = 0) {
        let descriptor = socket(AF_INET, RawSocket.stream, 0)
        RawSocket.keepFromChildren(descriptor)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, length)
                if listening { listen(descriptor, backlog) }
                _ = getsockname(descriptor, $0, &length)
            }
        }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit {
        close(descriptor)
    }
}
