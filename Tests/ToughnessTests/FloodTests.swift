#if os(Linux)
import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import SocketIO
import Testing

/// Heads without end, and more small things than anybody sends: forwarded to the byte, and never gathered in memory.
@Suite struct FloodTests {
    /// A million and a hundred million bytes where time does not matter; unoptimized, a thirtieth of that.
    private static let scale = Thoroughness.isFull ? 30 : 1
    private static let many = 34_000 * scale
    private static let large = 3_500_000 * scale

    enum Flood: String, CaseIterable, Codable, Sendable {
        case oneEndlessLine, manyShortFields, manyLongFields, manyTinyChunks

        /// What is sent once, then again and again, then at the end.
        var bytes: (start: String, unit: String, count: Int, end: String) {
            let start = "GET / HTTP/1.1\r\n"
            let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            let filler = String(repeating: "x", count: 1000)
            return switch self {
            case .oneEndlessLine: (start + "X: ", filler, large / 1000, "\r\n\r\n")
            case .manyShortFields: (start, "A:b\r\n", many, "\r\n")
            case .manyLongFields: (start, "A:\(filler)\r\n", large / 1000, "\r\n")
            case .manyTinyChunks: (chunked, "1\r\nx\r\n", many, "0\r\n\r\n")
            }
        }
    }

    @Test(arguments: Flood.allCases)
    func everyByteArrivesAndNothingIsGathered(flood: Flood) async {
        await #expect(processExitsWith: .success) { [flood = flood as Flood] in
            let (start, unit, count, end) = flood.bytes
            // In pieces of many units, or the client would be what is slow.
            let units = max(1, 50_000 / unit.utf8.count)
            let piece = Array(String(repeating: unit, count: units).utf8)
            let total = start.utf8.count + unit.utf8.count * count + end.utf8.count
            let arrived = Tally<Int>()
            let isRight = Tally<Bool>()
            let server = RawServer { _, _, socket in
                // A byte of each unit, and the length, tell whether any is missing.
                let expected = Array(start.utf8)
                isRight.add(socket.takes(expected))
                var left = total - expected.count
                var position = 0
                while left > 0, case .bytes(let bytes) = socket.read(min(left, piece.count - position)) {
                    let body = unit.utf8.count * count - (total - expected.count - left)
                    if bytes.count <= body { isRight.add(piece.holds(bytes, at: position)) }
                    position = (position + bytes.count) % piece.count
                    left -= bytes.count
                }
                arrived.add(total - left)
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx")
                _ = socket.readAll()
            }
            try await withProxy(before: server, arming: sparing, capacity: 256) { proxy in
                let port = proxy.address.port
                let taken = try await memoryTaken {
                    let isAnswered = try await onThread {
                        let socket = try RawSocket(port: port)
                        socket.send(start)
                        var left = count
                        while left > 0 {
                            let now = min(left, units)
                            let refusal = socket.send(now == units ? piece : Array(piece.prefix(now * unit.utf8.count)))
                            guard refusal == nil else { return false }
                            left -= now
                        }
                        socket.send(end)
                        return socket.takes(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx".utf8))
                    }
                    #expect(isAnswered)
                }
                #expect(arrived.entries == [total])
                #expect(!isRight.entries.contains(false))
                #expect(taken < 16 * mebibyte, "\(taken) bytes")
                // And the next client is served as if nothing had been.
                let next = try await onThread { () -> Bool in
                    let socket = try RawSocket(port: port, timeout: 10)
                    socket.send("GET / HTTP/1.1\r\n\r\n")
                    return socket.send("GET / HTTP/1.1\r\n\r\n") == nil
                }
                #expect(next)
            }
        }
    }

    @Test func manyPipelinedRequestsAreDecidedAndAnsweredInOrder() async throws {
        let request = "GET / HTTP/1.1\r\n\r\n"
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx".utf8)
        let count = Self.many
        // Every request is as long as the next.
        let server = RawServer { _, _, socket in
            var received = 0
            while case .bytes(let bytes) = socket.read() {
                let due = (received + bytes.count) / request.utf8.count - received / request.utf8.count
                received += bytes.count
                guard socket.send([[UInt8]](repeating: answer, count: due).flatMap { $0 }) == nil else { return }
            }
        }
        try await withProxy(before: server, arming: sparing) { proxy in
            let port = proxy.address.port
            let received = try await onThread {
                let socket = try RawSocket(port: port)
                let writer = Thread {
                    let piece = Array(String(repeating: request, count: 1000).utf8)
                    for _ in 0..<count / 1000 where socket.send(piece) != nil { return }
                }
                writer.start()
                return socket.skip(count * answer.count)
            }
            #expect(received == count * answer.count)
            #expect(proxy.log.tally.requests == count)
            #expect(proxy.log.tally.spared == count)
        }
    }
}
#endif
