import ResetPeer
import Testing

@Suite struct ResponseRecognizerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let kind: ResponseRecognizer.RequestKind
        let stream: String
        let marks: [String]
        var testDescription: String { "\(kind): \(stream.debugDescription)" }

        init(_ stream: String, to kind: ResponseRecognizer.RequestKind = .other, _ marks: [String]) {
            self.kind = kind
            self.stream = stream
            self.marks = marks
        }
    }

    static let rows: [Row] = [
        Row("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", ["200 @17", "end @40"]),
        Row("HTTP/1.1 200\nContent-Length: 0\n\n", ["200 @13", "end @32"]),
        Row("HTTP/1.1 204 No\r\nContent-Length: 9\r\n\r\n", ["204 @17", "end @38"]),
        Row("HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n", ["304 @17", "end @47"]),
        Row("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", to: .head, ["200 @17", "end @38"]),
        Row(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nT: v\r\n\r\n",
            ["200 @17", "end @64"]),
        Row(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 201 C\r\nContent-Length: 0\r\n\r\n",
            ["100 @23", "interim @25", "103 @45", "interim @56", "201 @72", "end @93"]),
        Row("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\u{1}", ["101 @24", "switched @38"]),
        Row("HTTP/1.1 200 Go\r\n\r\nxyz", to: .connect, ["200 @17", "switched @19"]),
        Row("HTTP/1.1 407 No\r\nContent-Length: 1\r\n\r\nx", to: .connect, ["407 @17", "end @39"]),
        Row("HTTP/1.0 200 OK\r\n\r\nuntil the end", ["200 @17", "until close"]),
        Row("ICY 200 OK\r\n", ["a first line that is no status line"]),
        Row("HTTP/2 200 \r\n", ["a first line that is no status line"]),
        Row("HTTP/1.1 20 OK\r\n", ["a first line that is no status line"]),
        Row("HTTP/1.1 2000\r\n", ["a first line that is no status line"]),
        Row("HTTP/1.1 099 x\r\n", ["a status below 100"]),
        // A parser that takes a bare CR for a line end would see a field there.
        Row("HTTP/1.1 200 O\rContent-Length: 9\r\n\r\n", ["a status line with a control byte"]),
        Row("HTTP/1.1 200 \u{0}\r\n", ["a status line with a control byte"]),
        Row("HTTP/1.1 200 \tÜ\r\nContent-Length: 0\r\n\r\n", ["200 @18", "end @39"]),
        Row(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n",
            ["200 @17", "two statements of the body's length"]),
        Row(
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", ["200 @17", "a chunked body in HTTP/1.0"]),
    ]

    @Test("answers, however they are cut", arguments: rows, [1, 2, 7, 1000])
    func answers(row: Row, length: Int) {
        var recognizer = ResponseRecognizer()
        var found: [String] = []
        let bytes = Array(row.stream.utf8)
        for start in stride(from: 0, to: bytes.count, by: length) {
            bytes[start..<min(start + length, bytes.count)].withUnsafeBytes { chunk in
                var index = 0
                while let mark = recognizer.advance(chunk, from: &index, answering: row.kind) {
                    switch mark {
                    case .status(let status): found.append("\(status) @\(start + index)")
                    case .interimEnd: found.append("interim @\(start + index)")
                    case .end: found.append("end @\(start + index)")
                    case .switched: found.append("switched @\(start + index)")
                    case .unreadable(let why): found.append(why)
                    }
                }
            }
        }
        if recognizer.endsWithConnection { found.append("until close") }
        #expect(found == row.marks)
    }
}
