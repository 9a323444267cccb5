import ResetPeer
import Testing

/// What a request recognizer finds in a stream that comes in one piece, then byte by byte.
func marks(ofRequests stream: String, cutEvery length: Int) -> [String] {
    var recognizer = RequestRecognizer()
    var found: [String] = []
    let bytes = Array(stream.utf8)
    for start in stride(from: 0, to: bytes.count, by: length) {
        bytes[start..<min(start + length, bytes.count)].withUnsafeBytes { chunk in
            var index = 0
            while let mark = recognizer.advance(chunk, from: &index) {
                let place = start + index
                switch mark {
                case .head(let head): found.append("\(head.method) \(head.target) @\(place)")
                case .end: found.append("end @\(place)")
                case .unreadable(.tls): found.append("tls @\(place)")
                case .unreadable(.http2): found.append("http2 @\(place)")
                case .unreadable(.unexamined): found.append("unexamined @\(place)")
                case .unreadable(.malformed(let why)): found.append("\(why)")
                }
            }
        }
    }
    return found
}

@Suite struct RequestRecognizerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let stream: String
        let marks: [String]
        var testDescription: String { name }

        init(_ name: String, _ stream: String, _ marks: [String]) {
            self.name = name
            self.stream = stream
            self.marks = marks
        }
    }

    static let readableStreams: [Row] = [
        Row("a GET", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", ["GET / @27", "end @27"]),
        Row("HTTP/1.0 without fields", "GET /x HTTP/1.0\r\n\r\n", ["GET /x @19", "end @19"]),
        Row("bare LF", "GET / HTTP/1.1\nHost: a\n\n", ["GET / @24", "end @24"]),
        Row("empty lines before a request", "\r\n\nGET / HTTP/1.0\r\n\r\n", ["GET / @21", "end @21"]),
        Row("a body by length", "PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", ["PUT / @37", "end @40"]),
        Row("length 0", "PUT / HTTP/1.1\r\ncontent-length:0\r\n\r\n", ["PUT / @36", "end @36"]),
        Row("blanks around a length", "PUT / HTTP/1.1\r\nContent-Length:\t 1 \r\n\r\nx", ["PUT / @39", "end @40"]),
        Row(
            "a chunked body", "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            ["PUT / @46", "end @59"]),
        Row(
            "chunk extensions, upper-case digits, trailers",
            "PUT / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\nA;x=y\r\n0123456789\r\n0 ;z\r\nT: v\r\n\r\n",
            ["PUT / @52", "end @85"]),
        Row(
            "two in a row", "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n",
            ["GET /1 @19", "end @19", "GET /2 @38", "end @38"]),
        Row("an extension method", "M-SEARCH * HTTP/1.1\r\n\r\n", ["M-SEARCH * @23", "end @23"]),
        Row("CONNECT", "CONNECT a:1 HTTP/1.1\r\n\r\n", ["CONNECT a:1 @24", "end @24"]),
        Row("values beyond ASCII", "GET /é HTTP/1.1\r\nX: ü\r\n\r\n", ["GET /é @27", "end @27"]),
        Row("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ["http2 @16"]),
        Row("a TLS handshake", "\u{16}\u{3}\u{1}\u{2}", ["tls @0"]),
        Row("nothing whole", "GET / HTTP/1.1\r\nHost", []),
    ]

    @Test("readable streams, however they are cut", arguments: readableStreams, [1, 2, 7, 1000])
    func readableStream(row: Row, length: Int) {
        #expect(marks(ofRequests: row.stream, cutEvery: length) == row.marks)
    }

    static func put(_ fields: String, body: String = "") -> String { "PUT / HTTP/1.1\r\n\(fields)\r\n\r\n\(body)" }

    static let unreadableStreams: [(stream: String, why: String)] = [
        (put("Content-Length: 1\r\nTransfer-Encoding: chunked"), "two statements of the body's length"),
        (put("Transfer-Encoding: chunked\r\nContent-Length: 1"), "two statements of the body's length"),
        (put("Content-Length: 1\r\nContent-Length: 1"), "two statements of the body's length"),
        (put("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), "two statements of the body's length"),
        (put("Content-Length: 1, 1"), "a Content-Length that is no number"),
        (put("Content-Length: +1"), "a Content-Length that is no number"),
        (put("Content-Length: -1"), "a Content-Length that is no number"),
        (put("Content-Length: 0x1"), "a Content-Length that is no number"),
        (put("Content-Length:"), "a Content-Length that is no number"),
        (put("Content-Length: 9999999999999999999"), "a Content-Length that is no number"),
        (put("Transfer-Encoding: chunked, gzip"), "a Transfer-Encoding other than chunked"),
        (put("Transfer-Encoding: identity"), "a Transfer-Encoding other than chunked"),
        (put("Transfer-Encoding: chunked, chunked"), "a Transfer-Encoding other than chunked"),
        (put("Transfer-Encoding: xchunked"), "a Transfer-Encoding other than chunked"),
        (put("Transfer-Encoding:"), "a Transfer-Encoding other than chunked"),
        ("PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "a chunked body in HTTP/1.0"),
        (put("X: a\r\n b"), "a folded field line"),
        (put(" X: a"), "a folded field line"),
        (put("X : a"), "a field name with a byte that is no token"),
        (put("Content-Length\u{0}: 1"), "a field name with a byte that is no token"),
        (put(": a"), "a field line without a name or colon"),
        (put("X"), "a field line without a name or colon"),
        (put("X: a\rContent-Length: 1"), "a field value with a control byte"),
        (put("X: a\u{0}"), "a field value with a control byte"),
        (put("X: 0123456789\u{7F}"), "a field value with a control byte"),
        (put("X: a\r"), "a field value with a control byte"),
        ("GET /\u{1} HTTP/1.1\r\n", "a first line with a control byte"),
        ("AMQP\u{0}\u{0}\u{9}\u{1}", "a first line with a control byte"),
        ("GET /a\rb HTTP/1.1\r\n", "a target with a blank or control byte"),
        ("GET /a b HTTP/1.1\r\n", "a target with a blank or control byte"),
        ("GET /\r\n", "a first line without target or version"),
        ("GET  HTTP/1.1\r\n", "a first line without target or version"),
        ("GET / HTTP/2.0\r\n", "a version that is not HTTP/1"),
        ("GET / http/1.1\r\n", "a version that is not HTTP/1"),
        ("Get / HTTP/1.1\r\n", "a method that is no upper-case word"),
        ("PING\r\n", "a first line without a method"),
        ("*1\r\n", "a first byte that begins no method"),
        ("get / HTTP/1.1\r\n", "a first byte that begins no method"),
    ]

    @Test("what two parsers may read differently is not read", arguments: unreadableStreams, [1, 3, 1000])
    func unreadableStream(row: (stream: String, why: String), length: Int) {
        #expect(marks(ofRequests: row.stream, cutEvery: length).last == row.why)
    }

    static let chunkedBodies: [(body: String, why: String)] = [
        ("x\r\n", "a chunk size that is no hexadecimal number"),
        ("\r\n", "a chunk size that is no hexadecimal number"),
        ("-1\r\n", "a chunk size that is no hexadecimal number"),
        ("0x1\r\n", "a chunk size that is no hexadecimal number"),
        ("1 1\r\n", "a chunk size that is no hexadecimal number"),
        ("1\r\r\n", "a chunk size that is no hexadecimal number"),
        ("1;a\rb\r\n", "a chunk size that is no hexadecimal number"),
        ("1111111111111111\r\n", "a chunk size that is no hexadecimal number"),
        ("1\r\nab\r\n", "chunk data longer than its size"),
        ("0\r\n X: a\r\n", "a folded field line"),
        ("0\r\n\r\r\n", "a field name with a byte that is no token"),
        ("0\r\nX: \u{0}\r\n", "a field value with a control byte"),
    ]

    @Test("a chunked body that two parsers may end elsewhere", arguments: chunkedBodies, [1, 3, 1000])
    func chunkedBody(row: (body: String, why: String), length: Int) {
        let stream = Self.put("Transfer-Encoding: chunked", body: row.body)
        #expect(marks(ofRequests: stream, cutEvery: length).last == row.why)
    }

    @Test("a line is bounded, at the same byte however it is cut", arguments: [1, 4096, 1_000_000])
    func longLine(length: Int) {
        let longest = 64 * 1024
        let fits = "GET /" + String(repeating: "a", count: longest - 14) + " HTTP/1.1\n\n"
        #expect(marks(ofRequests: fits, cutEvery: length).count == 2)
        let tooLong = "GET /" + String(repeating: "a", count: longest - 13) + " HTTP/1.1\n\n"
        let isTooLong = marks(ofRequests: tooLong, cutEvery: length) == ["a line longer than 64 KiB"]
        #expect(isTooLong)
    }

    @Test("heads and trailers are bounded")
    func manyFields() {
        let field = "X: " + String(repeating: "a", count: 60_000) + "\r\n"
        let head = "PUT / HTTP/1.1\r\n" + String(repeating: field, count: 18)
        #expect(marks(ofRequests: head, cutEvery: 50_000) == ["a head larger than 1 MiB"])
        let trailers = Self.put("Transfer-Encoding: chunked", body: "0\r\n" + String(repeating: field, count: 18))
        #expect(marks(ofRequests: trailers, cutEvery: 50_000).last == "trailers larger than 1 MiB")
    }
}
