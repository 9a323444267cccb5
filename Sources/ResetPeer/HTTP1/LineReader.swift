/// Cuts a byte stream into lines without keeping more than one unfinished line.
///
/// A line ends with LF; one CR before it belongs to the terminator. Bytes of a line that lies within one chunk are never
/// copied.
struct LineReader: Sendable {
    /// The longest line that is accepted, terminator excluded, in bytes.
    static let longestLine = 64 * 1024

    private var unfinished: [UInt8] = []

    enum Outcome {
        /// A line that lies within the chunk, without its terminator; valid as long as the chunk.
        case line(UnsafeRawBufferPointer)
        /// A line that came in pieces.
        case joined([UInt8])
        case needsMore
        case tooLong
    }

    /// Reads up to the end of the current line.
    ///
    /// - Parameters:
    ///   - bytes: A chunk of the stream.
    ///   - index: The position in the chunk; moved behind what was consumed.
    /// - Returns: The line, or why there is none.
    mutating func next(in bytes: UnsafeRawBufferPointer, from index: inout Int) -> Outcome {
        guard let newline = bytes.firstLineFeed(from: index) else {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
            guard fits(rest.count, from: &index) else { return .tooLong }
            index = bytes.count
            unfinished.append(contentsOf: rest)
            return .needsMore
        }
        let piece = UnsafeRawBufferPointer(rebasing: bytes[index..<newline])
        guard fits(piece.count, from: &index) else { return .tooLong }
        index = newline + 1
        guard !unfinished.isEmpty else { return .line(piece.droppingCarriageReturn) }
        var line = unfinished
        unfinished = []
        line.append(contentsOf: piece)
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return .joined(line)
    }

    /// Whether so many bytes still belong to an acceptable line; if not, the position moves to the first one that does
    /// not, which is the same byte however the stream was cut.
    private func fits(_ count: Int, from index: inout Int) -> Bool {
        let room = Self.longestLine - unfinished.count
        if count > room { index += room }
        return count <= room
    }
}

extension UnsafeRawBufferPointer {
    /// The position of the first LF at or behind a position, found eight bytes at a time.
    ///
    /// Test suites run this unoptimized, where a loop per byte costs ten times as much.
    func firstLineFeed(from start: Int) -> Int? {
        var index = start
        while index + 8 <= count {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let zeroWhereLineFeed = word ^ 0x0A0A_0A0A_0A0A_0A0A
            let marks = (zeroWhereLineFeed &- 0x0101_0101_0101_0101) & ~zeroWhereLineFeed & 0x8080_8080_8080_8080
            if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            if self[index] == UInt8(ascii: "\n") { return index }
            index += 1
        }
        return nil
    }

    /// Whether a control byte other than HT occurs: a bare CR, NUL or the like, which two parsers may read differently.
    var containsControl: Bool { firstControl(from: 0) != nil }

    /// The position of the first control byte other than HT at or behind a position.
    func firstControl(from start: Int) -> Int? {
        var index = start
        while index + 8 <= count {
            let word = loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let below0x20 = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
            let zeroWhereDelete = word ^ 0x7F7F_7F7F_7F7F_7F7F
            let delete = (zeroWhereDelete &- 0x0101_0101_0101_0101) & ~zeroWhereDelete & 0x8080_8080_8080_8080
            if below0x20 | delete != 0 {
                for position in index..<index + 8 where self[position].isControl { return position }
            }
            index += 8
        }
        while index < count {
            if self[index].isControl { return index }
            index += 1
        }
        return nil
    }

    /// Whether a control byte other than HT and CR occurs; a CR may turn out to belong to the line end.
    var containsControlOtherThanCarriageReturn: Bool {
        var index = 0
        while let position = firstControl(from: index) {
            if self[position] != UInt8(ascii: "\r") { return true }
            index = position + 1
        }
        return false
    }

    fileprivate var droppingCarriageReturn: UnsafeRawBufferPointer {
        guard let last, last == UInt8(ascii: "\r") else { return self }
        return UnsafeRawBufferPointer(rebasing: dropLast())
    }

    /// The bytes without spaces and tabs at both ends.
    var trimmed: UnsafeRawBufferPointer {
        var lower = 0
        var upper = count
        while lower < upper, self[lower].isBlank { lower += 1 }
        while upper > lower, self[upper - 1].isBlank { upper -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[lower..<upper])
    }

    /// Whether the bytes are those of a lower-case ASCII text, letters compared without regard to case.
    func equalsIgnoringCase(_ lowercased: StaticString) -> Bool {
        guard count == lowercased.utf8CodeUnitCount else { return false }
        for index in 0..<count {
            var byte = self[index]
            if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") { byte |= 0x20 }
            if byte != lowercased.utf8Start[index] { return false }
        }
        return true
    }
}

extension UInt8 {
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isControl: Bool { (self < 0x20 && self != 0x09) || self == 0x7F }
    var isDigit: Bool { self &- 0x30 < 10 }

    /// Whether the byte may stand in a token, RFC 9110 section 5.6.2.
    var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#"),
            UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
