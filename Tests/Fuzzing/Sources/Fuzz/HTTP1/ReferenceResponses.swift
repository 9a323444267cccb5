import ResetPeer

/// The answers in a stream, as ``ReferenceStream`` reads them.
struct ReferenceResponses {
    enum Mark: Equatable {
        case status(Int)
        case interimEnd
        case end
        case switched
    }

    /// The marks with the positions behind them.
    private(set) var marks: [(position: Int, mark: Mark)] = []
    /// The body of the first final answer, as far as it came.
    private(set) var firstBody: [UInt8]?
    private(set) var isRefused = false
    private(set) var endsWithConnection = false

    init(_ bytes: [UInt8], answering request: ResponseRecognizer.RequestKind) {
        var stream = ReferenceStream(bytes)
        do throws(ReferenceStream.Stop) {
            while !stream.isAtEnd, !endsWithConnection, marks.last?.mark != .switched {
                var body: [UInt8] = []
                defer {
                    if firstBody == nil, case .status(200...)? = marks.last(where: { $0.mark.isStatus })?.mark {
                        firstBody = body
                    }
                }
                try readAnswer(&stream, answering: request, &body)
            }
        } catch {
            isRefused = error == .refused
        }
    }

    private mutating func readAnswer(
        _ stream: inout ReferenceStream, answering request: ResponseRecognizer.RequestKind, _ body: inout [UInt8]
    ) throws(ReferenceStream.Stop) {
        let line = try stream.line()
        let parts = line.split(separator: 32, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].count == 8, parts[0].starts(with: "HTTP/1.".utf8), let digit = parts[0].last,
            (48...57).contains(digit), parts[1].count == 3, parts[1].allSatisfy({ (48...57).contains($0) }),
            let status = Int(String(decoding: parts[1], as: UTF8.self)), status >= 100,
            parts.count == 2 || parts[2].allSatisfy({ !ReferenceStream.isControl($0) })
        else { throw .refused }
        marks.append((stream.position, .status(status)))
        let framing = try stream.fields()
        if status == 101 || request == .connect && (200..<300).contains(status) {
            marks.append((stream.position, .switched))
            return
        }
        if status < 200 {
            marks.append((stream.position, .interimEnd))
            return
        }
        if request != .head, status != 204, status != 304 {
            if framing.isChunked {
                if digit == 48 { throw .refused }
                try stream.chunkedBody(keeping: &body)
            } else if let length = framing.length {
                try stream.body(length, keeping: &body)
            } else {
                endsWithConnection = true
                try stream.body(.max, keeping: &body)
            }
        }
        marks.append((stream.position, .end))
    }
}

extension ReferenceResponses.Mark {
    fileprivate var isStatus: Bool {
        if case .status = self { true } else { false }
    }
}
