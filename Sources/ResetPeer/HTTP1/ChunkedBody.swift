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

    /// Follows the body through a chunk of the stream.
    ///
    /// - Parameters:
    ///   - bytes: A chunk of the stream.
    ///   - index: The position in the chunk; moved behind what belongs to the body.
    ///   - lines: The line reader of the stream.
    /// - Returns: Whether the body ended, or cannot be followed.
    mutating func advance(
        _ bytes: UnsafeRawBufferPointer, from index: inout Int, lines: inout LineReader
    ) -> Outcome {
        while index < bytes.count {
            if case .data(let remaining) = state {
                let step = min(remaining, UInt64(bytes.count - index))
                index += Int(step)
                state = remaining == step ? .dataEnd : .data(remaining: remaining - step)
                continue
            }
            let outcome: Outcome?
            switch lines.next(in: bytes, from: &index) {
            case .needsMore: return .needsMore
            case .tooLong: return .unreadable("a line longer than 64 KiB")
            case .line(let line): outcome = read(line)
            case .joined(let line): outcome = line.withUnsafeBytes { read($0) }
            }
            if let outcome { return outcome }
        }
        return .needsMore
    }

    private mutating func read(_ line: UnsafeRawBufferPointer) -> Outcome? {
        switch state {
        case .size:
            guard let size = Self.size(of: line) else {
                return .unreadable("a chunk size that is no hexadecimal number")
            }
            state = size == 0 ? .trailers : .data(remaining: size)
        case .dataEnd:
            guard line.isEmpty else { return .unreadable("chunk data longer than its size") }
            state = .size
        case .trailers:
            guard !line.isEmpty else { return .ended }
            trailerBytes += line.count
            guard trailerBytes <= BodyFraming.largestHead else { return .unreadable("trailers larger than 1 MiB") }
            if case .defective(let why) = FieldLine(line) { return .unreadable(why) }
        case .data:
            break
        }
        return nil
    }

    private static func size(of line: UnsafeRawBufferPointer) -> UInt64? {
        var size: UInt64 = 0
        var digits = 0
        scan: for (position, byte) in line.enumerated() {
            switch byte {
            case 0x30...0x39: size = size << 4 | UInt64(byte - 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                size = size << 4 | UInt64((byte | 0x20) - UInt8(ascii: "a") + 10)
            case UInt8(ascii: ";"), 0x20, 0x09:
                let rest = UnsafeRawBufferPointer(rebasing: line[position...])
                guard !rest.containsControl, rest.trimmed.isEmpty || rest.trimmed.first == UInt8(ascii: ";") else {
                    return nil
                }
                break scan
            default: return nil
            }
            digits += 1
            guard digits <= 15 else { return nil }
        }
        return digits > 0 ? size : nil
    }
}
