/// Takes the body out of the bytes of an answer, up to a limit.
///
/// It is shown nothing but what a `ResponseRecognizer` has read already, so it need not doubt the framing: it only finds
/// the end of the head, and the data between the sizes of a chunked body.
struct HTTPProberBody {
    private enum State {
        case head
        case plain
        case chunkSize
        case chunkData(remaining: Int)
        case chunkDataEnd
        case trailers
    }

    private var state = State.head
    private var line: [UInt8] = []
    private var isChunked = false
    private let limit: Int
    private(set) var bytes: [UInt8] = []
    /// Whether there was more than the limit.
    private(set) var isCut = false

    /// Starts in front of the first field of an answer.
    ///
    /// - Parameter limit: The most bytes to keep.
    init(limit: Int) {
        self.limit = limit
    }

    /// Reads on.
    ///
    /// - Parameter bytes: The next bytes of the answer, its status line left out.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty, !isCut {
            switch state {
            case .plain:
                keep(rest)
                return
            case .chunkData(let remaining):
                let data = rest.prefix(remaining)
                keep(data)
                rest = rest.dropFirst(data.count)
                state = data.count == remaining ? .chunkDataEnd : .chunkData(remaining: remaining - data.count)
            case .head, .chunkSize, .chunkDataEnd, .trailers:
                let piece = rest.prefix { $0 != UInt8(ascii: "\n") }
                line.append(contentsOf: piece)
                guard piece.endIndex != rest.endIndex else { return }
                rest = rest.dropFirst(piece.count + 1)
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                endLine()
                line.removeAll(keepingCapacity: true)
            }
        }
    }

    private mutating func endLine() {
        switch state {
        case .head where line.isEmpty: state = isChunked ? .chunkSize : .plain
        case .head:
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            if String(decoding: name, as: UTF8.self).lowercased() == "transfer-encoding" { isChunked = true }
        case .chunkSize:
            let digits = String(decoding: line.prefix { $0.isHexadecimalDigit }, as: UTF8.self)
            let size = Int(digits, radix: 16) ?? 0
            state = size == 0 ? .trailers : .chunkData(remaining: size)
        case .chunkDataEnd: state = .chunkSize
        case .trailers, .plain, .chunkData: break
        }
    }

    private mutating func keep(_ data: Slice<UnsafeRawBufferPointer>) {
        let room = limit - bytes.count
        bytes.append(contentsOf: data.prefix(room))
        isCut = data.count > room
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
