import FaultModel
import ResetPeer
import Testing

@Suite("What is taken for a request") struct ProtocolTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let steps: [Player.Step]
        let log: [String]
        var testDescription: String { name }

        init(_ name: String, _ steps: [Player.Step], _ log: [String]) {
            self.name = name
            self.steps = steps
            self.log = log
        }
    }

    static let put = "PUT / HTTP/1.1\r\nContent-Length: 4\r\n\r\n"
    static let chunked = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    static let smuggled = "PUT / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

    static let rows: [Row] = [
        Row(
            "keep-alive", [.client(get("/1")), .upstream(ok), .client(get("/2")), .upstream(ok)],
            [
                "http1", "1 received GET /1", "1 completed 28", "1 answered 200", "1 done 40",
                "2 received GET /2", "2 completed 28", "2 answered 200", "2 done 40",
            ]),
        Row(
            "empty lines belong to no request", [.client("\r\n"), .client("\r"), .client("\n" + get)],
            ["http1", "1 received GET /", "1 completed 27"]),
        Row(
            "HEAD has no body", [.client("HEAD / HTTP/1.1\r\n\r\n"), .upstream(ok.bytes(..<38))],
            ["http1", "1 received HEAD /", "1 completed 19", "1 answered 200", "1 done 38"]),
        Row(
            "100 Continue is no answer",
            [.client(put), .upstream("HTTP/1.1 100 C\r\n\r\n"), .client("abcd"), .upstream(ok)],
            ["http1", "1 received PUT /", "1 completed 41", "1 answered 200", "1 done 40"]),
        Row(
            "an answer before the request is complete, then the next request",
            [.client(put), .upstream(ok), .client("abcd" + get), .upstream(ok)],
            [
                "http1", "1 received PUT /", "1 answered 200", "1 done 40", "2 received GET /", "2 completed 27",
                "2 answered 200", "2 done 40",
            ]),
        Row(
            "an answer that ends with the connection",
            [.client(get), .upstream("HTTP/1.0 200 OK\r\n\r\nabc"), .upstreamEnds(.finished)],
            ["http1", "1 received GET /", "1 completed 27", "1 answered 200", "1 done 22"]),
        Row(
            "an answer that is cut",
            [.client(get), .upstream("HTTP/1.0 200 OK\r\n\r\nabc"), .upstreamEnds(.reset)],
            ["http1", "1 received GET /", "1 completed 27", "1 answered 200"]),
        Row(
            "an upgrade: what follows is one with it",
            [
                .client("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"),
                .upstream("HTTP/1.1 101 Go\r\n\r\n\u{1}\u{2}"), .client(get), .upstream("\u{3}"),
            ],
            ["http1", "1 received GET /ws", "1 completed 40", "1 answered 101"]),
        Row(
            "CONNECT: a tunnel",
            [
                .client("CONNECT a:1 HTTP/1.1\r\n\r\n"), .upstream("HTTP/1.1 200 Go\r\n\r\n"), .client("\u{16}"),
                .upstream("\u{16}"),
            ],
            ["http1", "1 received CONNECT a:1", "1 completed 24", "1 answered 200"]),
        Row(
            "TLS in one piece, then more", [.client("\u{16}\u{3}"), .upstream("\u{16}"), .client("x")],
            ["tls", "1 received", "1 answered unreadably"]),
        Row(
            "an opaque exchange ends with the upstream",
            [.client("\u{16}\u{3}"), .upstream("\u{16}"), .upstreamEnds(.finished)],
            ["tls", "1 received", "1 answered unreadably", "1 done 1"]),
        Row(
            "HTTP/2 without TLS", [.client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .client("abc")],
            ["http2", "1 received"]),
        Row(
            "a smuggling shape, with a request behind it", [.client(smuggled + get), .client(get)],
            ["opaque: two statements of the body's length", "1 received"]),
        Row(
            "a smuggling shape behind a request", [.client(get + smuggled), .client(get)],
            [
                "http1", "1 received GET /", "1 completed 27", "opaque: two statements of the body's length",
                "2 received",
            ]),
        Row(
            "a body that turns unreadable is one with its request", [.client(chunked + "x\r\n"), .client(get)],
            ["http1", "1 received PUT /", "opaque: a chunk size that is no hexadecimal number"]),
        Row(
            "a body that turns unreadable although it was answered",
            [.client(chunked), .upstream(ok), .client("x\r\n"), .client(get)],
            [
                "http1", "1 received PUT /", "1 answered 200", "1 done 40",
                "opaque: a chunk size that is no hexadecimal number",
            ]),
        Row(
            "an unasked word while an answered body still comes",
            [.client(put), .upstream(ok), .upstream(ok), .client("abcd")],
            ["http1", "1 received PUT /", "1 answered 200", "1 done 40", "opaque: an upstream that speaks unasked"]),
        Row(
            "a server that greets", [.upstream("220 hello\r\n"), .client("EHLO a\r\n"), .client("MAIL\r\n")],
            ["opaque: an upstream that speaks unasked", "1 received"]),
        Row(
            "a server that greets and nobody answers", [.upstream("220 hello\r\n")],
            [
                "opaque: an upstream that speaks unasked"
            ]),
        Row(
            "a server that speaks into half a head", [.client("GET / HT"), .upstream("220 hello\r\n")],
            ["opaque: an upstream that speaks unasked", "1 received"]),
        Row(
            "408 after an answer", [.client(get), .upstream(ok), .upstream("HTTP/1.1 408 T\r\n\r\n"), .client(get)],
            [
                "http1", "1 received GET /", "1 completed 27", "1 answered 200", "1 done 40",
                "opaque: an upstream that speaks unasked", "2 received",
            ]),
        Row(
            "an answer with two lengths",
            [
                .client(get), .upstream("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                .client(get),
            ],
            [
                "http1", "1 received GET /", "1 completed 27", "1 answered 200",
                "opaque: two statements of the body's length",
            ]),
        Row(
            "binary bytes that never end a line", [.client("AMQP\u{0}\u{0}\u{9}\u{1}")],
            ["opaque: a first line with a control byte", "1 received"]),
        Row(
            "an end inside a head", [.client("GET / HT"), .clientEnds(.finished)],
            ["opaque: an end inside a head", "1 received"]),
        Row(
            "an end between requests", [.client(get), .clientEnds(.finished)],
            [
                "http1", "1 received GET /", "1 completed 27",
            ]),
    ]

    @Test(arguments: rows)
    func observed(row: Row) {
        var player = Player()
        player.play(row.steps)
        #expect(lines(player.observations) == row.log)
        #expect(player.directive.limitToUpstream == Directive.everything)
        #expect(player.directive.limitToClient == Directive.everything)
    }

    static let opaqueStarts = ["\u{16}\u{3}\u{1}", "PRI * HTTP/2.0\r\n\r\n", smuggled, "*1\r\n$4\r\nPING\r\n"]

    @Test("opaque bytes are decided once, and their answer is withheld", arguments: opaqueStarts)
    func opaqueIsDecided(bytes: String) {
        var player = Player(under: [rule(1, ResetDisruption(delay: .seconds(1)))])
        player.play(.client(bytes), .client(bytes), .upstream("secret"), .time(milliseconds: 1000))
        #expect(player.observations.decisions == [true])
        #expect(player.upstreamGot == bytes + bytes)
        #expect(player.clientGot.isEmpty)
        #expect(player.resets.count == 1)
    }

    @Test("fingerprints tell method, target and idempotency key apart, and nothing else")
    func fingerprints() {
        func fingerprint(_ head: String) -> RequestFingerprint? {
            var recognizer = RequestRecognizer()
            return Array((head + "\r\n\r\n").utf8).withUnsafeBytes { bytes in
                var index = 0
                guard case .head(let head)? = recognizer.advance(bytes, from: &index) else { return nil }
                return head.fingerprint
            }
        }
        let base = fingerprint("GET /a HTTP/1.1")
        #expect(base != nil)
        #expect(fingerprint("GET /a HTTP/1.0\r\nDate: now") == base)
        #expect(fingerprint("PUT /a HTTP/1.1") != base)
        #expect(fingerprint("GET /b HTTP/1.1") != base)
        #expect(fingerprint("GET /a HTTP/1.1\r\nIdempotency-Key: 1") != base)
        let long = String(repeating: "a", count: RequestHead.longestTarget)
        #expect(fingerprint("GET /\(long)1 HTTP/1.1") != fingerprint("GET /\(long)2 HTTP/1.1"))
    }
}
