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
        case line(ByteSlice)
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
    mutating func next(in bytes: ByteSlice, from index: inout Int) -> Outcome {
        guard let newline = bytes.firstLineFeed(from: index) else {
            let rest = bytes.slice(index, bytes.count)
            guard fits(rest.count, from: &index) else { return .tooLong }
            index = bytes.count
            unfinished.append(contentsOf: rest.raw)
            return .needsMore
        }
        let piece = bytes.slice(index, newline)
        guard fits(piece.count, from: &index) else { return .tooLong }
        index = newline + 1
        guard !unfinished.isEmpty else { return .line(piece.droppingCarriageReturn) }
        var line = unfinished
        unfinished = []
        line.append(contentsOf: piece.raw)
        if line[line.count - 1] == 0x0D { line.removeLast() }
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
