/// HTTP/1 messages read slowly and plainly: RFC 9112 with the whole stream in hand, one byte after the other.
///
/// It shares no code with the recognizers. Where the RFC lets a recipient choose, it refuses what two recipients may read
/// differently, as the recognizers promise to.
struct ReferenceStream {
    private let bytes: [UInt8]
    /// The next byte to read.
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Why reading ends.
    enum Stop: Error {
        /// The stream ends inside of something that may be right.
        case needsMore
        case refused
    }

    var isAtEnd: Bool { position == bytes.count }
    var next: UInt8? { isAtEnd ? nil : bytes[position] }

    /// The longest line, its CR counted.
    private static let longestLine = 65_536
    private static let largestSection = 1_048_576

    /// Reads a line up to LF; one CR in front of it belongs to the end.
    ///
    /// - Parameter refuses: A byte that rules the line out before its end has come.
    /// - Returns: The line without its end.
    /// - Throws: ``Stop/refused`` for a byte that rules it out and for too long a line; ``Stop/needsMore`` without an end.
    mutating func line(refusing refuses: (UInt8) -> Bool = { _ in false }) throws(Stop) -> [UInt8] {
        var line: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 10 {
                if line.last == 13 { line.removeLast() }
                if line.contains(where: refuses) { throw .refused }
                return line
            }
            if line.count == Self.longestLine { throw .refused }
            line.append(byte)
        }
        throw line.contains(where: refuses) ? .refused : .needsMore
    }

    /// Passes over bytes.
    mutating func skip(_ count: Int) throws(Stop) {
        let rest = bytes.count - position
        position += min(count, rest)
        if count > rest { throw .needsMore }
    }

    /// What the fields of a head say about the body and the connection.
    struct Framing {
        var length: Int?
        var isChunked = false
        var asksForUpgrade = false
        var closes = false
        var keepsAlive = false
        var hasKey = false
    }

    /// Reads field lines up to the empty one.
    mutating func fields() throws(Stop) -> Framing {
        var framing = Framing()
        var size = 0
        while true {
            let line = try line()
            if line.isEmpty { return framing }
            size += line.count
            if size > Self.largestSection { throw .refused }
            let field = try Self.field(line)
            switch field.name {
            case "upgrade": framing.asksForUpgrade = true
            case "idempotency-key": framing.hasKey = true
            case "connection":
                for option in Self.members(field.value) {
                    if option == "close" { framing.closes = true }
                    if option == "keep-alive" { framing.keepsAlive = true }
                }
            case "content-length":
                let digits = field.value
                guard framing.length == nil, !framing.isChunked, (1...18).contains(digits.utf8.count),
                    digits.utf8.allSatisfy({ (48...57).contains($0) })
                else { throw .refused }
                framing.length = Int(digits)
            case "transfer-encoding":
                let codings = Self.members(field.value)
                guard framing.length == nil, !framing.isChunked, codings.last == "chunked",
                    codings.dropLast().allSatisfy({ ["gzip", "deflate", "compress"].contains($0) })
                else { throw .refused }
                framing.isChunked = true
            default: break
            }
        }
    }

    /// Reads a chunked body with its trailers, and keeps the data.
    mutating func chunkedBody(keeping body: inout [UInt8]) throws(Stop) {
        while true {
            let size = try Self.chunkSize(try line())
            if size == 0 { break }
            let start = position
            defer { body += bytes[start..<min(bytes.count, start + size)] }
            try skip(size)
            guard try line().isEmpty else { throw .refused }
        }
        var trailerSize = 0
        while true {
            let line = try line()
            if line.isEmpty { return }
            trailerSize += line.count
            if trailerSize > Self.largestSection { throw .refused }
            _ = try Self.field(line)
        }
    }

    /// Reads a body of a known length.
    mutating func body(_ length: Int, keeping body: inout [UInt8]) throws(Stop) {
        let start = position
        defer { body += bytes[start..<position] }
        try skip(length)
    }

    /// chunk-size [ chunk-ext ], RFC 9112 section 7.1.
    private static func chunkSize(_ line: [UInt8]) throws(Stop) -> Int {
        let digits = line.prefix { Character(UnicodeScalar($0)).isHexDigit && $0 < 128 }
        guard (1...15).contains(digits.count), let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw .refused }
        let rest = line.dropFirst(digits.count)
        guard rest.allSatisfy({ !isControl($0) }) else { throw .refused }
        let first = rest.first { $0 != 32 && $0 != 9 }
        guard first == nil || first == UInt8(ascii: ";") else { throw .refused }
        return size
    }

    /// field-name ":" OWS field-value OWS, RFC 9112 section 5; the value in lower case.
    private static func field(_ line: [UInt8]) throws(Stop) -> (name: String, value: String) {
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy(isToken), parts[1].allSatisfy({ !isControl($0) })
        else { throw .refused }
        return (lower(parts[0]), trimmed(lower(parts[1])))
    }

    private static func members(_ list: String) -> [String] {
        list.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { trimmed(lower($0)) }
    }

    /// Latin letters in lower case, each byte a scalar, so that no two bytes ever become one.
    private static func lower(_ bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(UnicodeScalar((65...90).contains(byte) ? byte + 32 : byte)) }
        return String(text)
    }

    private static func trimmed(_ text: String) -> String {
        let isBlank = { (scalar: UnicodeScalar) in scalar == " " || scalar == "\t" }
        let start = text.unicodeScalars.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(String.UnicodeScalarView(start[...last]))
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || Array("!#$%&'*+-.^_`|~".utf8).contains(byte)
    }

    /// A control byte other than HT.
    static func isControl(_ byte: UInt8) -> Bool { byte < 32 && byte != 9 || byte == 127 }
}
