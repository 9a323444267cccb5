#if os(Linux)
import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Glibc
import SocketIO
import Testing

/// Peers that dawdle cost little, and nobody else's time.
@Suite struct SlowPeerTests {
    @Test(arguments: [RequestForwarding.immediately, .never])
    func unfinishedHeadsHinderNobody(forwarding: RequestForwarding) async {
        await #expect(processExitsWith: .success) { [keeps = (forwarding == .never) as Bool] in
            let fault = ResetDisruption(selection: .exactFraction(0), forwarding: keeps ? .never : .immediately)
            try await withProxy(before: RawServer.http(), arming: fault) { proxy in
                let port = proxy.address.port
                let count = 500
                // Warms up what a first connection takes for good.
                #expect(try await onThread { try RawSocket(port: port).get() })
                let kept = Tally<RawSocket>()
                let taken = try await memoryTaken {
                    try await onThread {
                        for _ in 0..<count { kept.add(try RawSocket(port: port)) }
                        for round in 0..<20 {
                            let line = round == 0 ? "GET / HTTP/1.1\r\n" : "X-Filler-\(round): a few more bytes\r\n"
                            for socket in kept.entries { socket.send(line) }
                        }
                    }
                    let outcomes = try await onThread {
                        try (0..<50).map { try RawSocket(port: port).get("/\($0)") }
                    }
                    #expect(outcomes == Array(repeating: true, count: 50))
                }
                // With the client's socket, the thread of the server and everything else that a connection takes here.
                #expect(taken / count < 96 * 1024, "\(taken / count) bytes for each client")
                // They were slow and not wrong: whoever finishes is answered.
                let finished = try await onThread {
                    kept.entries.count { $0.send("\r\n") == nil && $0.takes(Self.answer) }
                }
                #expect(finished == count)
            }
        }
    }

    private static let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx".utf8)

    @Test func oneByteWritersOnBothSidesAreUnderstood() async throws {
        let request =
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5;x=y\r\nhello\r\n0\r\nTrailer: t\r\n\r\n"
        let answer = Array(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n".utf8)
        // Each request is answered byte by byte, and the next one may come meanwhile.
        let server = RawServer { server, number, socket in
            var answered = 0
            while case .bytes(let bytes) = socket.read(7) {
                server.note(bytes, on: number)
                while server.text(on: number).components(separatedBy: "Trailer: t\r\n\r\n").count - 1 > answered {
                    answered += 1
                    for byte in answer where socket.send([byte]) != nil { return }
                }
            }
        }
        try await withProxy(before: server, arming: ResetDisruption(selection: .every(4)), capacity: nil) { proxy in
            let port = proxy.address.port
            let read = try await onThread {
                let socket = try RawSocket(port: port)
                let writer = Thread {
                    // Four requests back to back.
                    for byte in String(repeating: request, count: 4).utf8 { socket.send([byte]) }
                }
                writer.start()
                return socket.readAll()
            }
            let isWhole = read.bytes == answer + answer + answer
            #expect(isWhole, "\(read.bytes.count) bytes came")
            #expect(read.ending == .reset)
            #expect(proxy.log.record.requests.map(\.isSelected) == [false, false, false, true])
            #expect(server.text() == String(repeating: request, count: 4))
        }
    }

    @Test func aClientThatNeverReadsHoldsNoMemory() async {
        await #expect(processExitsWith: .success) {
            let chunk = [UInt8](repeating: 120, count: 65_536)
            let sent = Tally<Int>()
            let server = RawServer { _, _, socket in
                guard case .bytes(let request) = socket.read() else { return }
                guard request.starts(with: "GET /endless".utf8) else {
                    socket.send(Self.answer)
                    return
                }
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
                while socket.send(chunk) == nil { sent.add(chunk.count) }
            }
            try await withProxy(before: server, arming: sparing) { proxy in
                let port = proxy.address.port
                var kept: [RawSocket] = []
                let taken = try await memoryTaken {
                    for _ in 0..<20 {
                        let socket = try RawSocket(port: port, receiveBuffer: 4096)
                        socket.send("GET /endless HTTP/1.1\r\n\r\n")
                        kept.append(socket)
                    }
                    try await Self.settle { sent.count }
                    let others = try await onThread { try (0..<20).count { _ in try RawSocket(port: port).get() } }
                    #expect(others == 20)
                }
                #expect(sent.count > 0)
                // 64 KiB are held back, and a read adds up to as much.
                #expect(taken / 20 < 512 * 1024, "\(taken / 20) bytes for each client")
                kept = []
                #expect(try await proxy.hasNoConnections(), "whoever leaves is forgotten")
            }
        }
    }

    @Test func anUpstreamThatNeverReadsHoldsNoMemory() async {
        await #expect(processExitsWith: .success) {
            let holder = BoundSocket(listening: true, backlog: 1024)
            try await withProxy(before: holder, arming: sparing) { proxy in
                let port = proxy.address.port
                let sent = Tally<Int>()
                let kept = Tally<RawSocket>()
                let taken = try await memoryTaken {
                    for _ in 0..<20 {
                        let socket = try RawSocket(port: port)
                        kept.add(socket)
                        let writer = Thread {
                            socket.send("POST / HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n")
                            let chunk = [UInt8](repeating: 120, count: 65_536)
                            while socket.send(chunk) == nil { sent.add(chunk.count) }
                        }
                        writer.start()
                    }
                    try await Self.settle { sent.count }
                }
                #expect(taken / 20 < 512 * 1024, "\(taken / 20) bytes for each client")
                for socket in kept.entries { shutdown(socket.descriptor, Int32(SHUT_RDWR)) }
            }
        }
    }

    /// Waits until a count stands still.
    private static func settle(_ count: () -> Int) async throws {
        var last = -1
        while last != count() {
            last = count()
            try await Task.sleep(for: .milliseconds(300))
        }
    }
}
#endif
