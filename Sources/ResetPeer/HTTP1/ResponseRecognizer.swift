/// Finds the answers in the bytes that an upstream sends, without keeping bodies.
public struct ResponseRecognizer: Sendable {
    private enum State: Sendable {
        case statusLine
        case fields
        case body(remaining: UInt64)
        case chunked(ChunkedBody)
        case untilClose
        case stopped
    }

    private var state = State.statusLine
    private var lines = LineReader()
    private var framing = BodyFraming()
    private var status = 0
    private var isHTTP10 = false

    /// What of a request decides how its answer is framed.
    public enum RequestKind: Hashable, Sendable {
        /// `HEAD`: the answer has no body, whatever its fields say.
        case head
        /// `CONNECT`: a successful answer turns the connection into a tunnel.
        case connect
        /// Any other method.
        case other
    }

    /// A place in the stream that means something.
    public enum Mark: Hashable, Sendable {
        /// The status line of an answer, interim or final, ends here.
        case status(Int)
        /// An interim answer (1xx) ends here; the answer itself follows.
        case interimEnd
        /// The answer ends here.
        case end
        /// The head of an answer that switches the protocol ends here; what follows is no HTTP/1.
        case switched
        /// The bytes cannot be read as an answer; everything from here on belongs to the current one.
        case unreadable(String)
    }

    /// Creates a recognizer at the start of a connection.
    public init() {}

    /// Whether the stream stands inside an answer whose end is the end of the connection.
    public var endsWithConnection: Bool {
        if case .untilClose = state { true } else { false }
    }

    /// Bytes that come next and mean nothing: all of a body but its last byte, or all up to the end of the connection.
    var meaningless: UInt64 {
        switch state {
        case .body(let remaining): remaining - 1
        case .chunked(let body): body.meaningless
        case .untilClose: .max
        default: 0
        }
    }

    /// Passes over bytes that mean nothing.
    mutating func skip(_ count: UInt64) {
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
    ///   - request: The kind of the request that is being answered.
    /// - Returns: The mark, or `nil` when the chunk holds no further one.
    public mutating func advance(
        _ bytes: UnsafeRawBufferPointer, from index: inout Int, answering request: RequestKind
    ) -> Mark? {
        advance(ByteSlice(bytes), from: &index, answering: request)
    }

    mutating func advance(_ bytes: ByteSlice, from index: inout Int, answering request: RequestKind) -> Mark? {
        while index < bytes.count {
            switch state {
            case .stopped, .untilClose:
                index = bytes.count
                return nil
            case .body(let remaining):
                let left = UInt64(truncatingIfNeeded: bytes.count - index)
                let step = remaining < left ? remaining : left
                index += Int(truncatingIfNeeded: step)
                guard remaining == step else {
                    state = .body(remaining: remaining - step)
                    return nil
                }
                return ended(.end)
            case .chunked(var body):
                let outcome = body.advance(bytes, from: &index, lines: &lines)
                state = .chunked(body)
                switch outcome {
                case .needsMore: return nil
                case .ended: return ended(.end)
                case .unreadable(let why): return stop(why)
                }
            case .statusLine, .fields:
                if let mark = readLine(bytes, from: &index, answering: request) { return mark }
            }
        }
        return nil
    }

    private mutating func ended(_ mark: Mark) -> Mark {
        state = .statusLine
        framing = BodyFraming()
        return mark
    }

    private mutating func stop(_ why: StaticString) -> Mark {
        state = .stopped
        return .unreadable(why.description)
    }

    private mutating func readLine(
        _ bytes: ByteSlice, from index: inout Int, answering request: RequestKind
    ) -> Mark? {
        switch lines.next(in: bytes, from: &index) {
        case .needsMore: nil
        case .tooLong: stop("a line longer than 64 KiB")
        case .line(let text): read(line: text, answering: request)
        case .joined(let text): text.withUnsafeBytes { read(line: ByteSlice($0), answering: request) }
        }
    }

    private mutating func read(line: ByteSlice, answering request: RequestKind) -> Mark? {
        guard case .fields = state else { return read(statusLine: line) }
        guard line.count == 0 else {
            guard let flaw = framing.read(field: line) else { return nil }
            return stop(flaw)
        }
        switch status {
        case 101:
            state = .stopped
            return .switched
        case 100..<200:
            return ended(.interimEnd)
        case 200..<300 where request == .connect:
            state = .stopped
            return .switched
        case _ where request == .head, 204, 304:
            return ended(.end)
        default:
            break
        }
        if framing.isChunked {
            guard !isHTTP10 else { return stop("a chunked body in HTTP/1.0") }
            state = .chunked(ChunkedBody())
        } else if let length = framing.contentLength {
            if length == 0 { return ended(.end) }
            state = .body(remaining: length)
        } else {
            state = .untilClose
        }
        return nil
    }

    private mutating func read(statusLine line: ByteSlice) -> Mark? {
        guard line.count >= 12, line.slice(0, 7).equals("HTTP/1."), line[7].isDigit, line[8] == 0x20,
            line[9].isDigit, line[10].isDigit, line[11].isDigit, line.count == 12 || line[12] == 0x20
        else { return stop("a first line that is no status line") }
        guard !line.containsControl else { return stop("a status line with a control byte") }
        status = Int(line[9] - 0x30) * 100 + Int(line[10] - 0x30) * 10 + Int(line[11] - 0x30)
        guard status >= 100 else { return stop("a status below 100") }
        isHTTP10 = line[7] == UInt8(ascii: "0")
        state = .fields
        return .status(status)
    }
}
