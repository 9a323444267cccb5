import Foundation
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A blocking TCP server with a thread per connection.
package final class RawServer: PortHolder {
    package let port: Int
    private let holder: BoundSocket
    private let received = Mutex<[Int: [UInt8]]>([:])
    private let endings = Mutex<[Int: RawSocket.Read]>([:])

    /// Serves each connection with a closure; the socket closes when nobody holds it any more.
    package init(_ serve: @escaping @Sendable (RawServer, Int, RawSocket) -> Void) {
        holder = BoundSocket(listening: true, backlog: 1024)
        port = holder.port
        // The thread holds the listener: with a bare number it would accept the connections of whoever gets that
        // number next.
        let accepting = Thread { [holder, weak self] in
            var number = 0
            while true {
                let accepted = accept(holder.descriptor, nil, nil)
                guard accepted >= 0 else { return }
                number += 1
                let socket = RawSocket(owning: accepted)
                guard let server = self else { return }
                let thread = Thread { [number] in serve(server, number, socket) }
                thread.stackSize = 512 * 1024
                thread.start()
            }
        }
        accepting.start()
    }

    deinit {
        // Wakes the accepting thread; the descriptor itself goes with it.
        shutdown(holder.descriptor, Int32(SHUT_RDWR))
    }

    package func note(_ bytes: [UInt8], on connection: Int) {
        received.withLock { $0[connection, default: []] += bytes }
    }

    package func note(_ ending: RawSocket.Read, on connection: Int) {
        endings.withLock { $0[connection] = ending }
    }

    /// Everything that a connection has sent so far.
    package func bytes(on connection: Int = 1) -> [UInt8] { received.withLock { $0[connection] ?? [] } }

    package func text(on connection: Int = 1) -> String { String(decoding: bytes(on: connection), as: UTF8.self) }

    /// How a connection ended, once the server has read its end.
    package func ending(of connection: Int = 1) async throws -> RawSocket.Read {
        try await eventually { self.endings.withLock { $0[connection] } } ?? .timedOut
    }

    /// Answers every request with a body of a size, keep-alive, until the client ends.
    package static func http(body: Int = 2, pieces: Int? = nil) -> RawServer {
        let answer =
            Array("HTTP/1.1 200 OK\r\nContent-Length: \(body)\r\n\r\n".utf8)
            + [UInt8](repeating: UInt8(ascii: "x"), count: body)
        return RawServer { server, number, socket in
            var pending: [UInt8] = []
            while true {
                switch socket.read() {
                case .bytes(let bytes):
                    server.note(bytes, on: number)
                    pending += bytes
                    while let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) {
                        pending.removeFirst(end.upperBound)
                        if let pieces {
                            for start in stride(from: 0, to: answer.count, by: pieces) {
                                socket.send(Array(answer[start..<min(answer.count, start + pieces)]))
                            }
                        } else {
                            socket.send(answer)
                        }
                    }
                case let ending:
                    server.note(ending, on: number)
                    return
                }
            }
        }
    }

    /// Reads and never answers.
    package static func silent() -> RawServer {
        RawServer { server, number, socket in
            while true {
                switch socket.read() {
                case .bytes(let bytes): server.note(bytes, on: number)
                case let ending:
                    server.note(ending, on: number)
                    return
                }
            }
        }
    }
}

/// Waits for something that happens soon; a bound keeps a broken test from waiting for ever.
package func eventually<Value>(_ value: () -> Value?) async throws -> Value? {
    for _ in 0..<2000 {
        if let value = value() { return value }
        try await Task.sleep(for: .milliseconds(5))
    }
    return nil
}
