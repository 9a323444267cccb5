/// Follows a chunked body to its end without looking at the data, RFC 9112 section 7.1.
struct ChunkedBody: Sendable {
    private enum State {
        case size
        case data(remaining: UInt64)
        case dataEnd
        case trailers
    }

    private var state = State.size
    private var trailerBytes = 0

    enum Outcome {
        case needsMore
        case ended
        case unreadable(StaticString)
    }

    /// Bytes that come next and mean nothing: all of a chunk's data but the last byte.
    var meaningless: UInt64 {
        if case .data(let remaining) = state { remaining - 1 } else { 0 }
    }

    /// Passes over bytes that mean nothing.
    mutating func skip(_ count: UInt64) {
        if case .data(let remaining) = state { state = .data(remaining: remaining - count) }
    }

    /// Follows the body through a chunk of the stream.
    ///
    /// - Parameters:
    ///   - bytes: A chunk of the stream.
    ///   - index: The position in the chunk; moved behind what belongs to the body.
    ///   - lines: The line reader of the stream.
    /// - Returns: Whether the body ended, or cannot be followed.
    mutating func advance(
        _ bytes: ByteSlice, from index: inout Int, lines: inout LineReader
    ) -> Outcome {
        while index < bytes.count {
            if case .data(let remaining) = state {
                let left = UInt64(truncatingIfNeeded: bytes.count - index)
                let step = remaining < left ? remaining : left
                index += Int(truncatingIfNeeded: step)
                state = remaining == step ? .dataEnd : .data(remaining: remaining - step)
                continue
            }
            let outcome: Outcome?
            switch lines.next(in: bytes, from: &index) {
            case .needsMore: return .needsMore
            case .tooLong: return .unreadable("a line longer than 64 KiB")
            case .line(let line): outcome = read(line)
            case .joined(let line): outcome = line.withUnsafeBytes { read(ByteSlice($0)) }
            }
            if let outcome { return outcome }
        }
        return .needsMore
    }

    private mutating func read(_ line: ByteSlice) -> Outcome? {
        switch state {
        case .size:
            guard let size = Self.size(of: line) else {
                return .unreadable("a chunk size that is no hexadecimal number")
            }
            state = size == 0 ? .trailers : .data(remaining: size)
        case .dataEnd:
            guard line.count == 0 else { return .unreadable("chunk data longer than its size") }
            state = .size
        case .trailers:
            guard line.count > 0 else { return .ended }
            trailerBytes += line.count
            guard trailerBytes <= BodyFraming.largestHead else { return .unreadable("trailers larger than 1 MiB") }
            if case .defective(let why) = FieldLine(line) { return .unreadable(why) }
        case .data:
            break
        }
        return nil
    }

    private static func size(of line: ByteSlice) -> UInt64? {
        var size: UInt64 = 0
        var digits = 0
        while digits < line.count {
            let byte = line[digits]
            if byte.isDigit {
                size = size &<< 4 | UInt64(byte &- 0x30)
            } else if (byte | 0x20) >= UInt8(ascii: "a"), (byte | 0x20) <= UInt8(ascii: "f") {
                size = size &<< 4 | UInt64((byte | 0x20) &- UInt8(ascii: "a") &+ 10)
            } else {
                break
            }
            digits += 1
            guard digits <= 15 else { return nil }
        }
        guard digits > 0 else { return nil }
        guard digits < line.count else { return size }
        // What may follow is blanks, and extensions that nobody asks for.
        let rest = line.slice(digits, line.count)
        guard rest[0] == UInt8(ascii: ";") || rest[0].isBlank, !rest.containsControl else { return nil }
        let extensions = rest.trimmed
        return extensions.count == 0 || extensions[0] == UInt8(ascii: ";") ? size : nil
    }
}
