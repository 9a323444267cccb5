/// What can be wrong with a line of a trace, in words.
enum TraceFlaw {
    static func empty(line: Int) -> TraceError {
        TraceError(line: line, message: "the line is empty", hint: "only the end of a trace may be empty")
    }

    static func tooLong(line: Int) -> TraceError {
        TraceError(
            line: line, message: "the line is longer than \(TraceReader.longestLine) bytes",
            hint: "each packet has a line of its own")
    }

    static func backwards(line: Int, arrival: Int64, previous: Int64) -> TraceError {
        TraceError(
            line: line, column: .arrival, value: String(arrival).utf8,
            message: "time goes backwards: the packet before arrives at \(previous)",
            hint: "sort the packets by their arrival")
    }

    /// What keeps a line from being a packet.
    ///
    /// - Parameters:
    ///   - bytes: The line without its end, not empty.
    ///   - line: Its number.
    ///   - layout: Where the columns stand.
    /// - Returns: The first flaw.
    static func find(in bytes: ArraySlice<UInt8>, line: Int, _ layout: TraceLayout) -> TraceError {
        guard bytes.count <= TraceReader.longestLine else { return tooLong(line: line) }
        guard !bytes.contains(.quote) else {
            return TraceError(line: line, message: "quotes are not read", hint: "write every column bare")
        }
        let fields = bytes.fields
        guard fields.count == layout.count else { return wrongCount(fields, line: line, layout) }
        for (column, field) in [(TraceColumn.arrival, fields[layout.arrival]), (.size, fields[layout.size])] {
            if let flaw = flaw(of: field, column, line: line, layout) { return flaw }
        }
        return TraceError(line: line, value: bytes, message: "the line is no packet", hint: example)
    }

    private static let example =
        "a line is \(TraceColumn.allCases.map(\.rawValue).joined(separator: ",")), as in 250000,1514"

    private static func wrongCount(_ fields: [ArraySlice<UInt8>], line: Int, _ layout: TraceLayout) -> TraceError {
        let count = fields.count == 1 ? "1 column" : "\(fields.count) columns"
        if layout.hasHeader {
            return TraceError(
                line: line, message: "the line has \(count), and the header \(layout.count)",
                hint: "separate columns with commas, and nothing else")
        }
        guard fields.count > layout.count else {
            return TraceError(
                line: line, column: .size, message: "the line has no such column", hint: example)
        }
        return TraceError(
            line: line, message: "the line has \(count), and without a header there are two",
            hint: "name the columns in a first line, two of them arrival_ns and size_bytes")
    }

    private static func flaw(
        of field: ArraySlice<UInt8>, _ column: TraceColumn, line: Int, _ layout: TraceLayout
    ) -> TraceError? {
        guard !field.isEmpty else {
            return TraceError(line: line, column: column, message: "the column is empty; \(column.rule)")
        }
        let isNumber = field.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        // Any number of zeros may stand in front, and what overflows is out of range.
        let digits = String(decoding: field.drop { $0 == UInt8(ascii: "0") }, as: UTF8.self)
        if isNumber, let value = UInt64("0" + digits) {
            guard value < column.smallest || value > column.largest else { return nil }
        }
        return TraceError(
            line: line, column: column, value: field, message: column.rule,
            hint: isNumber ? nil : hint(for: field, column, isFirst: line == 1 && !layout.hasHeader))
    }

    private static func hint(for field: ArraySlice<UInt8>, _ column: TraceColumn, isFirst: Bool) -> String {
        let isName = field.contains { $0 >= UInt8(ascii: "A") }
        if isFirst, isName { return "a header names the columns arrival_ns and size_bytes" }
        if column == .arrival, field.contains(UInt8(ascii: ".")) { return "of seconds, write 1000000000 times as many" }
        return "write digits and nothing else"
    }
}
