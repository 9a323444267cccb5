import FaultLab
import FaultLabTestSupport
import Testing

/// The stub is the upstream of everybody's tests, so it has to be right where clients are picky.
@Suite struct HTTPStubTests {
    /// Asks a stub on a thread of its own.
    private func withClient<Result: Sendable>(
        of handler: @escaping HTTPStub.Handler, _ body: @escaping @Sendable (RawHTTPClient) -> Result
    ) async throws -> Result {
        try await withHTTPStub(handler) { stub in
            let port = stub.address.port
            return try await onThread { body(try RawHTTPClient(port: port)) }
        }
    }

    @Test func connectionsAreKeptAlive() async throws {
        let texts = try await withClient(of: { .ok("\($0.number) \($0.method) \($0.target)") }) { client in
            (1...50).map { client.ask("/\($0)?q=a%20b").text }
        }
        #expect(texts == (1...50).map { "\($0) GET /\($0)?q=a%20b" })
    }

    @Test func pipelinedAnswersKeepTheirOrder() async throws {
        // The first answer is the slowest.
        let texts = try await withClient(
            of: { .ok($0.target, after: $0.number == 1 ? .milliseconds(150) : .zero) }
        ) { client in
            client.socket.send((1...100).map { "GET /\($0) HTTP/1.1\r\nHost: test\r\n\r\n" }.joined())
            return (1...100).map { _ in client.readAnswer().text }
        }
        #expect(texts == (1...100).map { "/\($0)" })
    }

    @Test func aHEADHasNoBodyAndTheNextAnswerFollows() async throws {
        let outcomes = try await withClient(of: { .ok($0.method) }) { client in
            [client.ask("/", method: "HEAD"), client.ask("/")]
        }
        guard case .answered(let head) = outcomes[0] else {
            Issue.record("no answer to HEAD: \(outcomes[0])")
            return
        }
        #expect(head.status == 200)
        #expect(head.head.contains("Content-Length: 4\r\n"))
        #expect(outcomes[1].text == "GET")
    }

    @Test(arguments: [204, 304]) func aStatusWithoutBodySendsNone(status: Int) async throws {
        let outcomes = try await withClient(
            of: { $0.number == 1 ? HTTPStubAnswer(status: status, body: Array("unwanted".utf8)) : .ok("next") }
        ) { client in
            // Reads as a client must: no body, whatever the head says.
            [client.ask("/", method: "HEAD"), client.ask("/")]
        }
        let viaHEAD = outcomes.map(\.text)
        #expect(viaHEAD == ["", "next"])
        let viaGET = try await withClient(
            of: { $0.number == 1 ? HTTPStubAnswer(status: status, body: Array("unwanted".utf8)) : .ok("next") }
        ) { client in
            client.send("GET", "/")
            let first = client.readAnswer(to: "HEAD")
            return [first.status.map(String.init), client.ask("/").text]
        }
        #expect(viaGET == ["\(status)", "next"])
    }

    @Test(arguments: [200, 204, 304, 404, 500, 599]) func theStatusIsSent(status: Int) async throws {
        let outcome = try await withClient(of: { _ in HTTPStubAnswer(status: status) }) { $0.ask("/") }
        #expect(outcome.status == status)
    }

    @Test(arguments: [0, 1, 1000, 65_536, 65_537, 1_000_000, 5_000_000])
    func aBodyArrivesWhole(size: Int) async throws {
        let body = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            for index in 0..<size { buffer[index] = UInt8(truncatingIfNeeded: index &* 31 &+ index >> 8) }
            count = size
        }
        let isWhole = try await withClient(of: { _ in HTTPStubAnswer(status: 200, body: body) }) { client in
            (1...2).map { _ in
                if case .answered(let answer) = client.ask("/") { answer.body == body } else { false }
            }
        }
        #expect(isWhole == [true, true])
    }

    @Test func aDelayIsWaitedFor() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try await withClient(of: { _ in .ok(after: .milliseconds(200)) }) { $0.ask("/") }
        #expect(outcome.status == 200)
        #expect(clock.now - start >= .milliseconds(200))
    }

    @Test(arguments: ["Content-Length: 5\r\n\r\n12345", "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n"])
    func aRequestBodyIsReadToItsEnd(rest: String) async throws {
        let texts = try await withClient(of: { .ok("\($0.number) \($0.method)") }) { client in
            client.socket.send("POST / HTTP/1.1\r\nHost: test\r\n\(rest)")
            return [client.readAnswer().text, client.ask("/").text]
        }
        #expect(texts == ["1 POST", "2 GET"])
    }

    @Test(arguments: ["hello, this is no HTTP\r\n\r\n", "get / HTTP/1.1\r\n\r\n", "\u{1}\r\n"])
    func whatIsNoRequestGets400AndTheEnd(bytes: String) async throws {
        let (outcome, ending) = try await withClient(of: { _ in .ok() }) { client in
            client.socket.send(bytes)
            return (client.readAnswer(), client.socket.read())
        }
        #expect(outcome.status == 400)
        #expect(ending == .end)
    }

    @Test(
        arguments: [
            ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", true), ("GET / HTTP/1.0\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n", true), ("GET / HTTP/1.1\r\n\r\n", false),
            ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false),
        ])
    func theConnectionEndsBehindTheAnswerWhenTheClientAsks(request: String, ends: Bool) async throws {
        let (text, ending) = try await withHTTPStub({ .ok($0.target) }) { stub in
            let port = stub.address.port
            return try await onThread {
                let client = try RawHTTPClient(port: port, timeout: ends ? 10 : 0.2)
                client.socket.send(request)
                return (client.readAnswer().text, client.socket.read())
            }
        }
        #expect(text == "/")
        #expect(ending == (ends ? .end : .timedOut))
    }

    @Test func aGoodRequestBeforeABadOneIsAnswered() async throws {
        let statuses = try await withClient(of: { _ in .ok(after: .milliseconds(50)) }) { client in
            client.socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\nnonsense\r\n")
            return [client.readAnswer().status, client.readAnswer().status]
        }
        #expect(statuses == [200, 400])
    }

    @Test func aHalfClosedClientGetsItsAnswers() async throws {
        let (text, ending) = try await withClient(of: { .ok($0.target, after: .milliseconds(50)) }) { client in
            client.send("GET", "/a")
            client.socket.finishSending()
            return (client.readAnswer().text, client.socket.read())
        }
        #expect(text == "/a")
        #expect(ending == .end)
    }

    @Test func aHundredClientsAreServedAtOnce() async throws {
        try await withHTTPStub({ .ok($0.target, after: .milliseconds(20)) }) { stub in
            let port = stub.address.port
            let texts = try await withThrowingTaskGroup { group in
                for number in 1...100 {
                    group.addTask { try await fetch("/\(number)", port: port).text ?? "" }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(texts == Set((1...100).map { "/\($0)" }))
        }
    }
}
