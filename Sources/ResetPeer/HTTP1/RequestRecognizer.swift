import FaultModel

/// Finds the requests in the bytes that a client sends, without keeping bodies.
///
/// Recognized are HTTP/1.0 and HTTP/1.1 with keep-alive and pipelining, bodies by length and chunked with trailers; a
/// bare LF is taken for a line end. The recognizer only looks: it never changes what is forwarded.
public struct RequestRecognizer: Sendable {
    private enum State: Sendable {
        case requestLine
        case fields
        case noBody
        case body(remaining: UInt64)
        case chunked(ChunkedBody)
        case stopped
    }

    private var state = State.requestLine
    private var lines = LineReader()
    private var framing = BodyFraming()
    private var line = PartialHead()
    private var sawBytes = false
    private var position: UInt64 = 0

    /// The position of the first byte of the current or last request line, from the start of the stream; empty lines
    /// before it belong to no request.
    private(set) var requestStart: UInt64 = 0

    private struct PartialHead: Sendable {
        var method = ""
        var target = ""
        var isHTTP10 = false
        var hash = StableHash()
    }

    /// A place in the stream that means something.
    public enum Mark: Hashable, Sendable {
        /// The head of a request ends here.
        case head(RequestHead)
        /// The request, body included, ends here.
        case end
        /// The bytes from the start of the current request on cannot be read as HTTP/1.
        case unreadable(Unreadable)
    }

    /// Creates a recognizer at the start of a connection.
    public init() {}

    /// Whether the stream stands inside a head, or inside what may become one.
    public var isInsideHead: Bool {
        switch state {
        case .requestLine: sawBytes
        case .fields: true
        default: false
        }
    }

    /// Bytes that come next and mean nothing: all of a body but its last byte.
    var meaningless: UInt64 {
        switch state {
        case .body(let remaining): remaining - 1
        case .chunked(let body): body.meaningless
        default: 0
        }
    }

    /// Passes over bytes that mean nothing.
    mutating func skip(_ count: UInt64) {
        position += count
        switch state {
        case .body(let remaining): state = .body(remaining: remaining - count)
        case .chunked(var body):
            body.skip(count)
            state = .chunked(body)
        default: break
        }
    }

    /// Reads on to the next mark.
    ///
    /// - Parameters:
    ///   - bytes: A chunk of the stream.
    ///   - index: The position in the chunk; moved to the mark, or to the end of the chunk.
    /// - Returns: The mark, or `nil` when the chunk holds no further one. After ``Mark/unreadable(_:)`` there is none.
    public mutating func advance(_ bytes: UnsafeRawBufferPointer, from index: inout Int) -> Mark? {
        advance(ByteSlice(bytes), from: &index)
    }

    mutating func advance(_ bytes: ByteSlice, from index: inout Int) -> Mark? {
        let entry = index
        defer { position += UInt64(truncatingIfNeeded: index - entry) }
        while true {
            switch state {
            case .stopped:
                index = bytes.count
                return nil
            case .noBody:
                return ended()
            case .body(let remaining):
                let left = UInt64(truncatingIfNeeded: bytes.count - index)
                let step = remaining < left ? remaining : left
                index += Int(truncatingIfNeeded: step)
                guard remaining == step else {
                    state = .body(remaining: remaining - step)
                    return nil
                }
                return ended()
            case .chunked(var body):
                guard index < bytes.count else { return nil }
                let outcome = body.advance(bytes, from: &index, lines: &lines)
                state = .chunked(body)
                switch outcome {
                case .needsMore: return nil
                case .ended: return ended()
                case .unreadable(let why): return stop(.malformed(why))
                }
            case .requestLine:
                guard index < bytes.count else { return nil }
                if !sawBytes {
                    requestStart = position + UInt64(truncatingIfNeeded: index - entry)
                    if let refusal = Self.refusal(of: bytes[index]) { return stop(refusal) }
                }
                sawBytes = true
                let lineStart = index
                if let mark = readLine(bytes, from: &index) { return mark }
                if sawBytes, case .requestLine = state {
                    // A binary protocol may never send a line end: its bytes must not wait for one.
                    let piece = bytes.slice(lineStart, index)
                    if piece.containsControlOtherThanCarriageReturn { return stop(.malformed(Self.controlInFirstLine)) }
                }
            case .fields:
                guard index < bytes.count else { return nil }
                if let mark = readLine(bytes, from: &index) { return mark }
            }
        }
    }

    private mutating func readLine(_ bytes: ByteSlice, from index: inout Int) -> Mark? {
        switch lines.next(in: bytes, from: &index) {
        case .needsMore: nil
        case .tooLong: stop(.malformed("a line longer than 64 KiB"))
        case .line(let text): read(line: text)
        case .joined(let text): text.withUnsafeBytes { read(line: ByteSlice($0)) }
        }
    }

    private mutating func read(line text: ByteSlice) -> Mark? {
        if case .fields = state { read(field: text) } else { read(requestLine: text) }
    }

    private static let controlInFirstLine: StaticString = "a first line with a control byte"

    /// What the first byte of a connection or request rules out.
    private static func refusal(of first: UInt8) -> Unreadable? {
        switch first {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): nil
        case 0x16: .tls
        default: .malformed("a first byte that begins no method")
        }
    }

    private mutating func ended() -> Mark {
        state = .requestLine
        sawBytes = false
        framing = BodyFraming()
        return .end
    }

    private mutating func stop(_ why: Unreadable) -> Mark {
        state = .stopped
        return .unreadable(why)
    }

    private mutating func read(requestLine text: ByteSlice) -> Mark? {
        guard text.count > 0 else {
            // RFC 9112 section 2.2: an empty line before a request is ignored.
            sawBytes = false
            return nil
        }
        guard !text.containsControlOtherThanCarriageReturn else { return stop(.malformed(Self.controlInFirstLine)) }
        guard let methodEnd = text.first(0x20, from: 0), methodEnd >= 1, methodEnd <= 32 else {
            return stop(.malformed("a first line without a method"))
        }
        let method = text.slice(0, methodEnd)
        guard method.isUpperCaseWord else { return stop(.malformed("a method that is no upper-case word")) }
        let versionStart = text.count - 9
        guard versionStart >= methodEnd + 2 else {
            return stop(.malformed("a first line without target or version"))
        }
        let version = text.slice(versionStart, text.count)
        let target = text.slice(methodEnd + 1, versionStart)
        if method.equals("PRI"), version.equalsIgnoringCase(" http/2.0") { return stop(.http2) }
        guard version.slice(0, 8).equals(" HTTP/1."), version[8].isDigit else {
            return stop(.malformed("a version that is not HTTP/1"))
        }
        // Control bytes other than CR were refused with the line.
        guard !target.containsBlankOrCarriageReturn else {
            return stop(.malformed("a target with a blank or control byte"))
        }
        line.method = method.methodText
        line.target =
            target.count <= RequestHead.longestTarget
            ? target.text : target.slice(0, RequestHead.longestTarget).text
        line.isHTTP10 = version[8] == UInt8(ascii: "0")
        line.hash = StableHash()
        line.hash.combine(method.raw)
        line.hash.combine(target.raw)
        state = .fields
        return nil
    }

    private mutating func read(field text: ByteSlice) -> Mark? {
        guard text.count == 0 else {
            guard let flaw = framing.read(field: text) else { return nil }
            return stop(.malformed(flaw))
        }
        if framing.isChunked {
            guard !line.isHTTP10 else { return stop(.malformed("a chunked body in HTTP/1.0")) }
            state = .chunked(ChunkedBody())
        } else if let length = framing.contentLength, length > 0 {
            state = .body(remaining: length)
        } else {
            state = .noBody
        }
        var hash = line.hash
        hash.combine(framing.idempotencyKeyHash ?? 0)
        return .head(
            RequestHead(
                method: line.method, target: line.target, idempotencyKeyHash: framing.idempotencyKeyHash,
                fingerprint: RequestFingerprint(value: hash.value), asksForUpgrade: framing.hasUpgrade,
                asksForClose: !(framing.keepsAlive ?? !line.isHTTP10)))
    }
}

extension ByteSlice {
    /// Whether the bytes can be a method: upper-case letters, digits, `-` and `_`.
    fileprivate var isUpperCaseWord: Bool {
        var index = 0
        while index < count {
            let byte = self[index]
            let isLetter = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            guard isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else {
                return false
            }
            index += 1
        }
        return true
    }

    fileprivate var containsBlankOrCarriageReturn: Bool {
        var index = 0
        while index < count {
            let byte = self[index]
            if byte == 0x20 || byte == 0x09 || byte == 0x0D { return true }
            index += 1
        }
        return false
    }

    /// A method as text, without making one for the usual ones.
    fileprivate var methodText: String {
        switch count {
        case 3 where equals("GET"): "GET"
        case 3 where equals("PUT"): "PUT"
        case 4 where equals("POST"): "POST"
        case 4 where equals("HEAD"): "HEAD"
        default: text
        }
    }
}

/// Why bytes are not read as HTTP/1 requests.
public enum Unreadable: Hashable, Sendable {
    /// They are a TLS handshake.
    case tls
    /// They are the preface of HTTP/2.
    case http2
    /// Nobody looks at them.
    case unexamined
    /// They are something else, or something that two HTTP parsers may read differently.
    case malformed(String)

    static func malformed(_ why: StaticString) -> Unreadable { .malformed(why.description) }
}
