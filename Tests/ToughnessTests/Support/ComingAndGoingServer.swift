#if os(Linux)
import FaultLabTestSupport
import Foundation
import Glibc
import Synchronization

/// A blocking server with a thread per connection whose port refuses connections for a while, and is nobody else's meanwhile.
///
/// A listener that was shut down stays bound on Linux, provided that its port was named, and may listen again.
final class ComingAndGoingServer: PortHolder {
    typealias Serve = @Sendable (RawSocket) -> Void

    let port: Int
    private let listener: RawSocket
    private let serve: Serve
    private let isAway = Mutex(true)

    init(_ serve: @escaping Serve) {
        let (finder, listener) = (Self.makeSocket(), Self.makeSocket())
        port = Self.bind(finder, port: 0)
        // Both may be bound to it while neither listens, so nobody can take the port in between.
        _ = Self.bind(listener, port: port)
        self.listener = listener
        self.serve = serve
        comeBack()
    }

    deinit { leave() }

    /// Refuses connections from now on; those that stand are served to their ends.
    func leave() { shutdown(listener.descriptor, Int32(SHUT_RDWR)) }

    /// Accepts again.
    func comeBack() {
        // The thread that accepted before would take connections as well, and leave after the first.
        while !isAway.withLock({ $0 }) { usleep(100) }
        isAway.withLock { $0 = false }
        listen(listener.descriptor, 1024)
        let accepting = Thread { [listener, serve, weak self] in
            while true {
                let accepted = accept(listener.descriptor, nil, nil)
                guard accepted >= 0 else { break }
                let socket = RawSocket(owning: accepted)
                let thread = Thread { serve(socket) }
                thread.stackSize = 512 * 1024
                thread.start()
            }
            self?.isAway.withLock { $0 = true }
        }
        accepting.start()
    }

    private static func makeSocket() -> RawSocket {
        let socket = RawSocket(owning: socket(AF_INET, RawSocket.stream, 0))
        // A server's timeout would end its waiting for clients.
        var never = timeval()
        setsockopt(socket.descriptor, SOL_SOCKET, SO_RCVTIMEO, &never, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &one, 4)
        return socket
    }

    /// Binds a socket to a port of the loopback interface, and tells which one it is.
    private static func bind(_ socket: RawSocket, port: Int) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = Glibc.bind(socket.descriptor, $0, length)
                _ = getsockname(socket.descriptor, $0, &length)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
#endif
