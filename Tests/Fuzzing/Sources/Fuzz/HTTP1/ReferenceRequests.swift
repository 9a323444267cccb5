/// The requests in a stream, as ``ReferenceStream`` reads them.
struct ReferenceRequests {
    struct Head: Equatable {
        var method: String
        var target: String
        var asksForUpgrade: Bool
        var asksForClose: Bool
        var hasKey: Bool
    }

    enum Mark: Equatable {
        case head(Head)
        case end
    }

    /// The marks with the positions behind them.
    private(set) var marks: [(position: Int, mark: Mark)] = []
    /// The first byte of the request that cannot be read.
    private(set) var refusedAt: Int?

    init(_ bytes: [UInt8]) {
        var stream = ReferenceStream(bytes)
        var start = 0
        do throws(ReferenceStream.Stop) {
            while !stream.isAtEnd {
                start = stream.position
                try readRequest(&stream)
            }
        } catch {
            if error == .refused { refusedAt = start }
        }
    }

    private mutating func readRequest(_ stream: inout ReferenceStream) throws(ReferenceStream.Stop) {
        guard let first = stream.next, (65...90).contains(first) || first == 13 || first == 10 else { throw .refused }
        // A CR may yet belong to the end of the line.
        let line = try stream.line { ReferenceStream.isControl($0) && $0 != 13 }
        // RFC 9112 section 2.2: an empty line in front of a request is ignored.
        if line.isEmpty { return }
        guard !line.contains(13), !line.contains(9) else { throw .refused }
        let parts = line.split(separator: 32, omittingEmptySubsequences: false)
        guard parts.count == 3, (1...32).contains(parts[0].count), parts[0].allSatisfy(Self.mayStandInMethod),
            !parts[1].isEmpty, parts[2].count == 8, parts[2].starts(with: "HTTP/1.".utf8),
            let digit = parts[2].last, (48...57).contains(digit)
        else { throw .refused }
        let framing = try stream.fields()
        let isOld = digit == 48
        if framing.isChunked, isOld { throw .refused }
        marks.append(
            (
                stream.position,
                .head(
                    Head(
                        method: String(decoding: parts[0], as: UTF8.self),
                        target: String(decoding: parts[1].prefix(1024), as: UTF8.self),
                        asksForUpgrade: framing.asksForUpgrade,
                        asksForClose: framing.closes || isOld && !framing.keepsAlive, hasKey: framing.hasKey))
            ))
        var body: [UInt8] = []
        if framing.isChunked {
            try stream.chunkedBody(keeping: &body)
        } else {
            try stream.skip(framing.length ?? 0)
        }
        marks.append((stream.position, .end))
    }

    /// Upper-case words: what begins another way is another protocol.
    private static func mayStandInMethod(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
