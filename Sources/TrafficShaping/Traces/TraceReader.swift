/// Reads a trace of packets: CSV with an arrival and a size on each line, in pieces of any length.
///
/// ```
/// arrival_ns,size_bytes
/// 0,1514
/// 250000,1514
/// ```
///
/// A first line with the names of ``TraceColumn`` is a header: columns may then stand in any order, and further ones are
/// passed over. Without one, a line has the two columns in the order above. Lines end in LF or CR LF, the last one perhaps
/// in nothing; a byte order mark and empty lines at the end are passed over. Arrivals never go back.
///
/// ```swift
/// var reader = TraceReader()
/// try piece.withUnsafeBufferPointer { bytes throws(TraceError) in try reader.read(bytes) { link.offer($0) } }
/// try reader.finish { link.offer($0) }
/// ```
///
/// Nothing is guessed, and memory does not grow with the trace: a line is kept only while its end has not come.
public struct TraceReader: Sendable {
    /// The most bytes of a line without its end.
    public static let longestLine = 65_536

    private var layout: TraceLayout?
    /// The number of the line that comes next.
    private var line = 1
    /// The first of the empty lines that were just seen.
    private var emptyLine: Int?
    private var lastArrival: Int64 = 0
    /// The beginning of a line whose end has not come.
    private var rest: [UInt8] = []

    /// Creates a reader that has seen nothing.
    public init() {}

    /// Reads the next bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, cut anywhere.
    ///   - take: Is given every packet whose line is complete, in order.
    /// - Throws: ``TraceError`` for the first line that is wrong; the packets before it have been given. The reader is of no
    ///   use after that.
    public mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ take: (Packet) -> Void) throws(TraceError) {
        guard let last = bytes.lastIndex(of: .lineFeed) else { return try keep(bytes[...]) }
        var start = 0
        if !rest.isEmpty || layout == nil, let end = bytes.firstIndex(of: .lineFeed) {
            // A line that began earlier, and the first one, which may be a header.
            try keep(bytes[..<end])
            try takeKeptLine(take)
            start = end + 1
        }
        if let layout {
            while start <= last { try takeLine(in: bytes, at: &start, layout, take) }
        }
        try keep(bytes[start...])
    }

    /// Says that there are no more bytes.
    ///
    /// - Parameter take: Is given the packet of a last line without an end.
    /// - Throws: ``TraceError`` when that line is wrong, or when there was nothing at all.
    public mutating func finish(_ take: (Packet) -> Void) throws(TraceError) {
        if !rest.isEmpty { try takeKeptLine(take) }
        // With an empty first line that was not followed by another, all of it is empty.
        guard layout == nil || emptyLine == 1 else { return }
        throw TraceError(
            line: 1, message: "there is nothing to read", hint: "a trace without packets has the header \(Self.header)")
    }

    private static let header = TraceColumn.allCases.map(\.rawValue).joined(separator: ",")

    private mutating func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws(TraceError) {
        // A line without an end must not fill the memory; the exact length is checked when it is whole.
        guard rest.count + bytes.count <= Self.longestLine + 8 else {
            throw emptyLine.map { TraceFlaw.empty(line: $0) } ?? TraceFlaw.tooLong(line: line)
        }
        rest.append(contentsOf: bytes)
    }

    private mutating func takeKeptLine(_ take: (Packet) -> Void) throws(TraceError) {
        let bytes = rest + [.lineFeed]
        rest.removeAll(keepingCapacity: true)
        var start = 0
        if layout == nil {
            if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
                throw TraceError(line: 1, message: "the text is in UTF-16", hint: "save it as UTF-8")
            }
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
            let firstLine = bytes[start...].dropLast().withoutCarriageReturn
            guard firstLine.count <= Self.longestLine else { throw TraceFlaw.tooLong(line: line) }
            let found = try TraceLayout(firstLine: firstLine.fields)
            layout = found
            if found.hasHeader {
                line += 1
                return
            }
        }
        guard let layout else { return }
        try bytes.withUnsafeBufferPointer { bytes throws(TraceError) in
            try takeLine(in: bytes, at: &start, layout, take)
        }
    }

    /// Takes a line, whose end is among the bytes, and moves `start` to the next one.
    private mutating func takeLine(
        in bytes: UnsafeBufferPointer<UInt8>, at start: inout Int, _ layout: TraceLayout, _ take: (Packet) -> Void
    ) throws(TraceError) {
        guard let packet = layout.packet(in: bytes, at: &start) else {
            let end = bytes[start...].firstIndex(of: .lineFeed) ?? bytes.endIndex
            try takeOddLine(Array(bytes[start..<end]).withoutCarriageReturn, layout)
            start = end + 1
            return
        }
        if let emptyLine { throw TraceFlaw.empty(line: emptyLine) }
        guard packet.arrival >= lastArrival else {
            throw TraceFlaw.backwards(line: line, arrival: packet.arrival, previous: lastArrival)
        }
        lastArrival = packet.arrival
        line += 1
        take(packet)
    }

    /// Takes a line that is no packet: it may be empty, and is wrong otherwise.
    private mutating func takeOddLine(_ bytes: ArraySlice<UInt8>, _ layout: TraceLayout) throws(TraceError) {
        guard bytes.isEmpty else {
            if let emptyLine { throw TraceFlaw.empty(line: emptyLine) }
            throw TraceFlaw.find(in: bytes, line: line, layout)
        }
        emptyLine = emptyLine ?? line
        line += 1
    }
}
