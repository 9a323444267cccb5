import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Many bytes that nobody has to read pass without being read; nothing else may show that.
@Suite(.serialized) struct SplicingTests {
    private static let size = 12_000_000
    private static let body = TransparencyTests.pattern(size)

    enum Framing: String, CaseIterable {
        case length, chunked, untilClose, opaque

        /// The bytes of an answer, head and framing included.
        func answer(_ body: [UInt8]) -> [UInt8] {
            switch self {
            case .length: Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
            case .chunked:
                Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
                    + stride(from: 0, to: body.count, by: 1_000_000).flatMap { start in
                        let chunk = body[start..<min(body.count, start + 1_000_000)]
                        return Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
                    } + Array("0\r\n\r\n".utf8)
            case .untilClose: Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + body
            case .opaque: body
            }
        }
    }

    /// Sends an answer to the first bytes of each connection and ends.
    private static func server(_ answer: [UInt8]) -> RawServer {
        RawServer { server, number, socket in
            guard case .bytes(let bytes) = socket.read() else { return }
            server.note(bytes, on: number)
            socket.send(answer)
        }
    }

    @Test(arguments: Framing.allCases, [Recognition.http1, .off])
    func everyByteArrives(framing: Framing, recognition: Recognition) async throws {
        let answer = framing.answer(Self.body)
        try await withBench(Self.server(answer), recognition: recognition) { proxy in
            let (bytes, ending) = try await onThread {
                let socket = try proxy.connect()
                socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                return socket.readAll()
            }
            let isSame = bytes == answer
            #expect(isSame, "\(bytes.count) of \(answer.count) bytes came")
            #expect(ending == .end)
            let end = try #require(try await eventually { proxy.ends.first })
            #expect(end.bytesFromUpstream == Int64(answer.count))
            #expect(end.bytesToClient == Int64(answer.count))
            if recognition == .http1, framing != .opaque {
                #expect(proxy.log.tally.answered == 1, "the end of the answer was found")
            }
        }
    }

    @Test(arguments: [Recognition.http1, .off])
    func everyByteOfARequestArrives(recognition: Recognition) async throws {
        let head = Array("POST / HTTP/1.1\r\nContent-Length: \(Self.size)\r\n\r\n".utf8)
        let server = RawServer { server, number, socket in
            var count = 0
            while count < head.count + Self.size, case .bytes(let bytes) = socket.read() {
                server.note(bytes, on: number)
                count += bytes.count
            }
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            // The connection is kept: the next request on it is told apart again.
            guard case .bytes = socket.read() else { return }
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        try await withBench(server, recognition: recognition) { proxy in
            let outcomes = try await onThread {
                let socket = try proxy.connect()
                socket.send(head + Self.body)
                return [socket.readAnswer(), socket.get()]
            }
            #expect(outcomes == [.answered, .answered])
            let isSame = server.bytes() == head + Self.body
            #expect(isSame)
            #expect(proxy.log.tally.requests == (recognition == .http1 ? 2 : 1))
        }
    }

    /// A client that takes its time: bytes wait in a pipe, and in the end all of them have come.
    @Test(arguments: [Recognition.http1, .off])
    func aSlowReaderGetsEverything(recognition: Recognition) async throws {
        let answer = Framing.length.answer(Array(Self.body.prefix(4_000_000)))
        try await withBench(Self.server(answer), recognition: recognition) { proxy in
            let (bytes, ending) = try await onThread {
                let socket = try proxy.connect(receiveBuffer: 16_384)
                socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                return socket.readAll(pausing: 0.000_1, chunk: 50_000)
            }
            let isSame = bytes == answer
            #expect(isSame, "\(bytes.count) of \(answer.count) bytes came")
            #expect(ending == .end)
        }
    }

    /// What is in a pipe when a fault is armed was allowed before, and is owed.
    @Test func aResetComesBehindWhatWasAllowedBefore() async throws {
        let answer = Framing.length.answer(Self.body)
        try await withBench(Self.server(answer)) { proxy in
            let socket = try proxy.connect(receiveBuffer: 16_384)
            try await onThread { _ = socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n") }
            let first = try await onThread { socket.readExactly(2_000_000) }
            try await proxy.arm([ProxyFault("cut", .reset(ResetDisruption(trigger: .connectionAccepted)))])
            let (rest, ending) = try await onThread { socket.readAll() }
            let all = first + rest
            let isPrefix = Array(answer.prefix(all.count)) == all
            #expect(isPrefix, "\(all.count) bytes came")
            #expect(all.count < answer.count)
            #expect(ending == .failed(ECONNRESET))
            #expect(proxy.resets.count == 1)
        }
    }

    /// A link must know where each byte is: what is in a pipe comes back into memory, in its place.
    @Test func aLinkTakesOverInTheMiddle() async throws {
        let answer = Framing.length.answer(Self.body)
        try await withBench(Self.server(answer)) { proxy in
            let socket = try proxy.connect(receiveBuffer: 16_384)
            try await onThread { _ = socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n") }
            let first = try await onThread { socket.readExactly(2_000_000) }
            let shape = ShapeDisruption(rate: .megabits(800), burst: .bytes(256_000), limit: .bytes(2_000_000))
            try await proxy.arm([ProxyFault("slow", .shape(shape))])
            let (rest, ending) = try await onThread { socket.readAll() }
            let isSame = first + rest == answer
            #expect(isSame, "\(first.count + rest.count) of \(answer.count) bytes came")
            #expect(ending == .end)
        }
    }

    /// A client that goes away while a pipe is full leaves nothing behind: the next one is served.
    @Test func whoGoesAwayInTheMiddleIsForgotten() async throws {
        let answer = Framing.length.answer(Self.body)
        try await withBench(Self.server(answer)) { proxy in
            for _ in 0..<20 {
                _ = try await onThread {
                    let socket = try proxy.connect(receiveBuffer: 16_384)
                    socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                    return socket.readExactly(1_000_000)
                }
            }
            let count = try await eventually { proxy.ends.count == 20 ? 20 : nil }
            #expect(count == 20)
            let bytes = try await onThread {
                let socket = try proxy.connect()
                socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                return socket.readAll().bytes
            }
            let isSame = bytes == answer
            #expect(isSame)
        }
    }
}
