import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Testing

/// What no fault selects must pass as if there were no proxy.
@Suite struct TransparencyTests {
    /// Bytes that differ at every position, so that a lost or doubled chunk shows.
    static func pattern(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count { buffer[index] = UInt8(truncatingIfNeeded: index &* 31 &+ index >> 8) }
            initialized = count
        }
    }

    @Test func aThousandSlowReadersGetEveryByteAndFIN() async throws {
        let body = Self.pattern(200_000)
        let head = Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)
        // Answers and closes at once, while nearly everything is still under way.
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send(head + body)
        }
        let transfers = 1000
        try await withBench(server, arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let turns = Tally<Bool>()
            let bad = Tally<String>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await onThread {
                            while turns.takeTurn(of: transfers, true) {
                                let socket = try proxy.connect(receiveBuffer: 4096)
                                socket.send("GET / HTTP/1.0\r\n\r\n")
                                Thread.sleep(forTimeInterval: 0.002)
                                let (bytes, ending) = socket.readAll(chunk: 16_384)
                                if bytes != head + body || ending != .end {
                                    bad.add("\(bytes.count) bytes, \(ending)")
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(bad.entries == [])
            let ends = try await eventually { proxy.ends.count == transfers ? proxy.ends : nil } ?? proxy.ends
            #expect(ends.count == transfers)
            #expect(ends.allSatisfy { $0.how == .finished && $0.by == .upstream })
            #expect(proxy.decisions.count == transfers, "every request was decided, and spared")
        }
    }

    @Test(arguments: [true, false])
    func aHalfClosedClientGetsItsWholeAnswer(isHTTP: Bool) async throws {
        let answer = Self.pattern(300_000)
        let server = RawServer { server, number, socket in
            let (request, ending) = socket.readAll()
            server.note(request, on: number)
            server.note(ending, on: number)
            socket.send(isHTTP ? Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + answer : answer)
        }
        try await withBench(server, arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let (bytes, ending) = try await onThread {
                let socket = try proxy.connect()
                socket.send(isHTTP ? "GET / HTTP/1.1\r\n\r\n" : "hello, this is no HTTP")
                socket.finishSending()
                return socket.readAll()
            }
            let isWhole = bytes.suffix(answer.count).elementsEqual(answer)
            #expect(isWhole, "\(bytes.count) bytes came")
            #expect(ending == .end)
            let upstreamEnding = try await server.ending()
            #expect(upstreamEnding == .end)
        }
    }

    @Test(arguments: [1, 7, 4096, 65_536])
    func bytesThatAreNoHTTPPassBothWays(chunk: Int) async throws {
        let echo = RawServer { _, _, socket in
            while case .bytes(let bytes) = socket.read() { socket.send(bytes) }
        }
        let sent = [0, 255] + Self.pattern(chunk == 1 ? 3000 : 700_000)
        try await withBench(echo) { proxy in
            let (bytes, ending) = try await onThread {
                let socket = try proxy.connect()
                let writer = Thread {
                    for start in stride(from: 0, to: sent.count, by: chunk) {
                        socket.send(Array(sent[start..<min(sent.count, start + chunk)]))
                    }
                    socket.finishSending()
                }
                writer.start()
                return socket.readAll()
            }
            let isSame = bytes == sent
            #expect(isSame, "\(bytes.count) bytes came back")
            #expect(ending == .end)
        }
    }

    @Test func aServerThatGreetsFirstIsHeard() async throws {
        let server = RawServer { _, _, socket in
            socket.send("220 ready\r\n")
            if case .bytes = socket.read() { socket.send("250 fine\r\n") }
        }
        try await withBench(server, arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let bytes = try await onThread {
                let socket = try proxy.connect()
                guard case .bytes(let greeting) = socket.read() else { return [UInt8]() }
                socket.send("HELO test\r\n")
                return greeting + socket.readAll().bytes
            }
            #expect(String(decoding: bytes, as: UTF8.self) == "220 ready\r\n250 fine\r\n")
        }
    }

    @Test func pipelinedRequestsAreAllAnswered() async throws {
        try await withBench(.http(), arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let answers = try await onThread {
                let socket = try proxy.connect()
                socket.send(String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 1000))
                return (0..<1000).count { _ in socket.readAnswer() == .answered }
            }
            #expect(answers == 1000)
            #expect(proxy.decisions.count == 1000)
        }
    }

    @Test(arguments: [1, 2])
    func aConnectionThatEveryThreadMayServeIsServed(threads: Int) async throws {
        try await withBench(.http(), threads: threads) { proxy in
            for _ in 0..<50 {
                let outcome = try await proxy.fetch()
                #expect(outcome == .answered)
            }
        }
    }
}

extension TransparencyTests {
    /// The upstream says it has nothing more to say, then reads slowly; the client uploads and goes away.
    @Test func anUploadThatItsClientLeavesBehindArrivesWhole() async throws {
        // More than the buffers of four sockets hold.
        let upload = Self.pattern(40_000_000)
        let server = RawServer { server, number, socket in
            socket.finishSending()
            Thread.sleep(forTimeInterval: 0.2)
            let (bytes, ending) = socket.readAll(pausing: 0.002)
            server.note(bytes, on: number)
            server.note(ending, on: number)
        }
        try await withBench(server) { proxy in
            try await onThread {
                let socket = try proxy.connect()
                guard socket.read() == .end else { return }
                socket.send(upload)
            }
            let ending = try await server.ending()
            #expect(ending == .end)
            // Compared outside: a failure that prints so many bytes takes minutes.
            let isWhole = server.bytes() == upload
            #expect(isWhole, "\(server.bytes().count) of \(upload.count) bytes arrived")
        }
    }
}
