import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A blocking TCP socket that says exactly what the system said: the judge of RST and FIN in these tests.
package final class RawSocket: @unchecked Sendable {
    package let descriptor: Int32

    package enum Read: Equatable {
        case bytes([UInt8])
        case end
        case failed(Int32)
        case timedOut

        package static let reset = Read.failed(ECONNRESET)
    }

    package init(owning descriptor: Int32, timeout: Double = 30) {
        self.descriptor = descriptor
        Self.keepFromChildren(descriptor)
        var limit = timeval(tv_sec: Int(timeout), tv_usec: .init((timeout - timeout.rounded(.down)) * 1_000_000))
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
    }

    /// Connects to a port of the loopback interface.
    package convenience init(host: String = "127.0.0.1", port: Int, timeout: Double = 30, receiveBuffer: Int32? = nil)
        throws
    {
        let descriptor = socket(AF_INET, RawSocket.stream, 0)
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
        }
        self.init(owning: descriptor, timeout: timeout)
    }

    package static var stream: Int32 {
        #if canImport(Darwin)
        SOCK_STREAM
        #else
        Int32(SOCK_STREAM.rawValue)
        #endif
    }

    /// A child process that inherits a socket delays its FIN and RST until the child ends.
    static func keepFromChildren(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Writes everything, or tells what the system said instead.
    ///
    /// A reset that came before is told to the first call only.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Read? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return .failed(errno) }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    @discardableResult
    package func send(_ text: String) -> Read? { send(Array(text.utf8)) }

    package func read(_ most: Int = 65_536) -> Read {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = recv(descriptor, &buffer, most, 0)
        if count > 0 { return .bytes(Array(buffer[..<count])) }
        if count == 0 { return .end }
        return errno == EAGAIN ? .timedOut : .failed(errno)
    }

    /// Reads to the end of the stream and tells how it ended.
    package func readAll(pausing pause: Double = 0, chunk: Int = 65_536) -> (bytes: [UInt8], ending: Read) {
        var all: [UInt8] = []
        while true {
            switch read(chunk) {
            case .bytes(let bytes): all += bytes
            case let ending: return (all, ending)
            }
            if pause > 0 { usleep(UInt32(pause * 1_000_000)) }
        }
    }

    /// Reads so many bytes, or up to an end that comes before.
    package func readExactly(_ count: Int) -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count, case .bytes(let bytes) = read(min(65_536, count - all.count)) { all += bytes }
        return all
    }

    package func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes the close that follows send RST.
    package func lingerZero() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// Runs blocking work on a thread of its own, so that the pool of the test process stays free.
package func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Swift.Result { try work() }) }
        thread.stackSize = 512 * 1024
        thread.start()
    }
}
