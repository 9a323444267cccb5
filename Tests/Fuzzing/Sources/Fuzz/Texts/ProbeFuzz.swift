@testable import FaultLab
@testable import ResetPeer

/// What probes ask: a request that is made of a text is read as that request and as nothing else, and the stub server's
/// answer to it likewise.
///
/// An input is lines: the method, the URL, fields as `name: value`, an empty line, and the content.
enum ProbeFuzz {
    static func play(_ input: [UInt8]) {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count >= 2 else { return }
        let fields = lines.dropFirst(2).prefix { !$0.isEmpty }
        let content = Array(lines[fields.endIndex...].dropFirst().joined(separator: [UInt8(ascii: "\n")]))
        let text = String(decoding: lines[1], as: UTF8.self)
        do throws(ProbeFlaw) {
            let url = try ProbeURL(text)
            checkLine(url.description)
            try checkEndpoint(url.endpoint)
            let method = String(decoding: lines[0], as: UTF8.self)
            let request = try HTTPProberRequest(
                checking: method, url.target, authority: url.authority,
                fields: fields.map { field($0) }, content: content)
            checkLine(request.summary)
            checkExchange(request, method, url.target, content)
        } catch {
            checkLine(error.description)
        }
    }

    private static func field(_ line: ArraySlice<UInt8>) -> HTTPProberRequest.Field {
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        return (name: parts[0], value: parts.count == 2 ? parts[1] : "")
    }

    private static func checkEndpoint(_ endpoint: ProbeEndpoint) throws(ProbeFlaw) {
        let again = try ProbeEndpoint(endpoint.description)
        check(again == endpoint, "\(endpoint) is read as \(again)")
    }

    private static func checkExchange(
        _ request: HTTPProberRequest, _ method: String, _ target: String, _ content: [UInt8]
    ) {
        var requests = RequestRecognizer()
        var heads: [RequestHead] = []
        var isComplete = false
        request.bytes.withUnsafeBytes { bytes in
            var index = 0
            while let mark = requests.advance(bytes, from: &index) {
                switch mark {
                case .head(let head): heads.append(head)
                case .end: isComplete = index == bytes.count
                // The recognizer takes upper-case words of 32 bytes at most; a server may take others.
                case .unreadable(let why): check(!isPlain(method), "\(request.summary) is refused: \(why)")
                }
            }
        }
        guard isPlain(method) else { return }
        check(heads.count == 1 && isComplete, "one request became \(heads.count)")
        check(heads[0].method == method && heads[0].target == String(target.prefix(1024)), "asked \(heads[0])")
        check(heads[0].asksForClose, "the connection of a probe is kept")
        checkAnswer(to: method, content)
    }

    private static func isPlain(_ method: String) -> Bool {
        method.utf8.count <= 32 && method.utf8.first.map { (65...90).contains($0) } == true
            && method.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
    }

    private static func checkAnswer(to method: String, _ body: [UInt8]) {
        let kind: ResponseRecognizer.RequestKind = method == "HEAD" ? .head : .other
        for status in [200, 204, 304, 503] {
            let answer = HTTPStubAnswer(status: status, body: body).encoded(for: method, closing: false)
            var responses = ResponseRecognizer()
            var kept = HTTPProberBody(limit: .max)
            var marks: [ResponseRecognizer.Mark] = []
            answer.withUnsafeBytes { bytes in
                var index = 0
                while true {
                    let start = index
                    let mark = responses.advance(bytes, from: &index, answering: kind)
                    if !marks.isEmpty { kept.append(UnsafeRawBufferPointer(rebasing: bytes[start..<index])) }
                    guard let mark else { break }
                    marks.append(mark)
                }
            }
            check(marks == [.status(status), .end], "the stub's answer is read as \(marks)")
            let hasBody = kind == .other && status != 204 && status != 304
            check(kept.bytes == (hasBody ? body : []), "the body is not the one that was sent")
        }
    }
}
