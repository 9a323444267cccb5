import FaultLab
import FaultLabTestSupport
import Testing

/// What a question over HTTP makes of good and bad answers.
@Suite struct HTTPProbeTests {
    struct Row: Sendable {
        var answer = HTTPStubAnswer.ok("all is ok")
        var status: Comparison<Int> = 200
        var body: TextComparison?
        var latency: Comparison<Duration>?
        /// The detail, or its beginning where a time follows.
        let detail: String
        let passes: Bool
    }

    static let rows = [
        Row(detail: "answered 200 in ", passes: true),
        Row(body: .contains("ok"), latency: .atMost(.seconds(60)), detail: "answered 200 in ", passes: true),
        Row(answer: HTTPStubAnswer(status: 503), detail: "answered 503, expected exactly 200", passes: false),
        Row(
            answer: HTTPStubAnswer(status: 503), status: .between(200...299),
            detail: "answered 503, expected between 200 and 299", passes: false),
        Row(answer: HTTPStubAnswer(status: 301), status: .oneOf([301]), detail: "answered 301 in ", passes: true),
        Row(
            answer: HTTPStubAnswer(status: 204), status: 204, body: .equal(to: ""), detail: "answered 204 in ",
            passes: true),
        Row(
            body: .contains("fine"), detail: #"answered 200 with "all is ok", expected a text with "fine""#,
            passes: false),
        Row(
            answer: .ok("slow", after: .milliseconds(30)), latency: .less(than: .milliseconds(30)),
            detail: "answered 200 in ", passes: false),
    ]

    @Test(arguments: rows) func anAnswerIsHeldAgainstWhatWasSaid(row: Row) async throws {
        let answer = try await withHTTPStub({ $0.target == "/health" ? row.answer : HTTPStubAnswer(status: 400) }) {
            stub in
            try await ProbeQuestion.http(
                get: "http://\(stub.address)/health", status: row.status, body: row.body, latency: row.latency
            ).ask()
        }
        #expect(answer.passed == row.passes, "\(answer.detail)")
        #expect(answer.detail.hasPrefix(row.detail), "\(answer.detail)")
    }

    /// What a server sends on each connection, and how it ends it.
    enum Misdeed: String, CaseIterable, Sendable {
        case resets, endsAtOnce, endsInHead, endsInBody, speaksSMTP, speaksTLS, badChunk

        var words: String {
            switch self {
            case .resets: "receive: Connection reset by peer"
            case .endsAtOnce, .endsInHead, .endsInBody: "the connection ended without an answer"
            case .speaksSMTP, .speaksTLS, .badChunk: "an answer that is no HTTP"
            }
        }

        func commit(on socket: RawSocket) {
            guard case .bytes = socket.read() else { return }
            switch self {
            case .resets: socket.lingerZero()
            case .endsAtOnce: break
            case .endsInHead: socket.send("HTTP/1.1 200 OK\r\nContent-")
            case .endsInBody: socket.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            case .speaksSMTP: socket.send("220 smtp.example ready\r\n")
            case .speaksTLS: socket.send([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46, 0x0A])
            case .badChunk: socket.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")
            }
        }
    }

    @Test(arguments: Misdeed.allCases) func whatIsNoAnswerIsANo(misdeed: Misdeed) async throws {
        let server = RawServer { _, _, socket in misdeed.commit(on: socket) }
        let answer = try await ProbeQuestion.http(get: "http://127.0.0.1:\(server.port)/a?b", body: .contains("")).ask()
        #expect(!answer.passed)
        #expect(answer.detail.hasPrefix("GET /a at 127.0.0.1:\(server.port): \(misdeed.words)"), "\(answer.detail)")
    }

    @Test func aRefusedConnectionIsANo() async throws {
        let nobody = BoundSocket(listening: false)
        let answer = try await ProbeQuestion.http(get: "http://127.0.0.1:\(nobody.port)").ask()
        let refused = "connect to 127.0.0.1:\(nobody.port): Connection refused"
        #expect(answer.detail.hasPrefix("GET / at 127.0.0.1:\(nobody.port): \(refused)"), "\(answer.detail)")
        #expect(!answer.passed)
    }

    @Test func aNameThatDoesNotExistIsANo() async throws {
        let answer = try await ProbeQuestion.http(get: "http://no-such-host.invalid/").ask()
        #expect(!answer.passed)
        #expect(answer.detail.contains("look up no-such-host.invalid: "), "\(answer.detail)")
    }

    @Test func aNameIsLookedUp() async throws {
        let answer = try await withHTTPStub({ _ in .ok() }) { stub in
            try await ProbeQuestion.http(get: "http://localhost:\(stub.address.port)/").ask()
        }
        #expect(answer.passed, "\(answer.detail)")
    }

    // MARK: What is sent

    struct Sending: Sendable {
        let ask: @Sendable (String) -> ProbeQuestion
        /// With `HOST` for host and port.
        let wire: String
    }

    static let sendings = [
        Sending(
            ask: { .http(get: "http://\($0)") }, wire: "GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"),
        Sending(
            ask: { .http(get: "HTTP://\($0)?a=b", headers: ["Host": "shop.test", "X-A": "1", "x-a": "2"]) },
            wire: "GET /?a=b HTTP/1.1\r\nHost: shop.test\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\n\r\n"),
        Sending(
            ask: { .http("POST", "http://\($0)/orders", content: "{}", status: 201) },
            wire: "POST /orders HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"),
        Sending(
            ask: { .http("PUT", "http://\($0)/empty") },
            wire: "PUT /empty HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    ]

    @Test(arguments: sendings.indices) func theRequestIsOnTheWireAsDeclared(index: Int) async throws {
        let sending = Self.sendings[index]
        let server = RawServer.http()
        let host = "127.0.0.1:\(server.port)"
        _ = try await sending.ask(host).ask()
        #expect(server.text() == sending.wire.replacing("HOST", with: host))
    }

    @Test func anAnswerToHEADHasNoBody() async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            // The connection stays open: whoever waits for a body waits for ever.
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            _ = socket.read()
        }
        let answer = try await ProbeQuestion.http("HEAD", "http://127.0.0.1:\(server.port)/").ask()
        #expect(answer.passed, "\(answer.detail)")
    }

    @Test func aLargeRequestIsSentWholeToASlowReader() async throws {
        let size = 8_000_000
        let server = RawServer { server, number, socket in
            var received = 0
            while received < size, case .bytes(let bytes) = socket.read() { received += bytes.count }
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        let content = String(repeating: "x", count: size)
        let answer = try await ProbeQuestion.http("POST", "http://127.0.0.1:\(server.port)/", content: content).ask()
        #expect(answer.passed, "\(answer.detail)")
    }

    /// It reads on, or hangs up at once, which its system says with RST.
    @Test(arguments: [true, false])
    func aServerThatRefusesBeforeItHasReadAllIsHeard(readsOn: Bool) async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
            if readsOn { _ = socket.readAll(pausing: 0.01) }
        }
        let answer = try await ProbeQuestion.http(
            "POST", "http://127.0.0.1:\(server.port)/", content: String(repeating: "x", count: 20_000_000), status: 413
        ).ask()
        #expect(answer.passed, "\(answer.detail)")
    }

    // MARK: Bodies

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\n\r\nprice: 7", "HTTP/1.0 200 OK\r\n\r\nprice: 7",
        "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nprice: 7 and stray bytes",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nprice\r\n3\r\n: 7\r\n0\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nprice: 7",
    ])
    func theBodyIsFoundInEveryFraming(wire: String) async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            for byte in wire.utf8 { socket.send([byte]) }
        }
        let answer = try await ProbeQuestion.http(
            get: "http://127.0.0.1:\(server.port)/", body: .equal(to: "price: 7")
        ).ask()
        #expect(answer.passed, "\(answer.detail)")
    }

    @Test(arguments: [(1000, true), (1001, false)])
    func aBodyIsComparedUpToItsLimit(size: Int, passes: Bool) async throws {
        let server = RawServer.http(body: size)
        let url = "http://127.0.0.1:\(server.port)/"
        let answer = try await ProbeQuestion.http("GET", url, body: .contains("xx"), bodyLimit: 1000).ask()
        #expect(answer.passed == passes)
        let complaint = "answered 200 with a body of more than 1000 bytes, too long to compare"
        #expect(passes || answer.detail == complaint)
        // Nobody compares it, so it may be as long as it likes.
        #expect(try await ProbeQuestion.http("GET", url, bodyLimit: 1000).ask().passed)
    }

    @Test func aBodyWithoutEndIsNotWaitedFor() async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send("HTTP/1.1 200 OK\r\n\r\n")
            while socket.send(String(repeating: "x", count: 65_536)) == nil {}
        }
        let answer = try await ProbeQuestion.http(get: "http://127.0.0.1:\(server.port)/", body: .contains("y")).ask()
        #expect(!answer.passed)
        #expect(answer.detail.contains("more than 1048576 bytes"), "\(answer.detail)")
    }
}
