/// Where the columns of a trace stand.
struct TraceLayout: Sendable {
    /// The place of the arrivals, counted from 0.
    let arrival: Int
    /// The place of the sizes, counted from 0.
    let size: Int
    /// The number of columns.
    let count: Int
    /// Whether the first line named them.
    let hasHeader: Bool

    private init(arrival: Int, size: Int, count: Int, hasHeader: Bool) {
        self.arrival = arrival
        self.size = size
        self.count = count
        self.hasHeader = hasHeader
    }

    /// Reads the first line of a trace; one that names neither column is no header.
    ///
    /// - Throws: ``TraceError`` for a header that names one column only, or one twice.
    init(firstLine fields: [ArraySlice<UInt8>]) throws(TraceError) {
        let names = fields.map { String(decoding: $0, as: UTF8.self) }
        guard names.contains(where: { TraceColumn(rawValue: $0) != nil }) else {
            self.init(arrival: 0, size: 1, count: 2, hasHeader: false)
            return
        }
        self.init(
            arrival: try Self.place(of: .arrival, in: names), size: try Self.place(of: .size, in: names),
            count: names.count, hasHeader: true)
    }

    private static func place(of column: TraceColumn, in names: [String]) throws(TraceError) -> Int {
        let places = names.indices.filter { names[$0] == column.rawValue }
        guard let place = places.first else {
            let found = names.prefix(8).map { "\"\(TraceError.printable($0.utf8))\"" }.joined(separator: ", ")
            throw TraceError(
                line: 1, column: column, message: "the header has no such column",
                hint: "it has \(found)\(names.count > 8 ? ", …" : "")")
        }
        guard places.count == 1 else {
            throw TraceError(line: 1, column: column, message: "the header names the column twice")
        }
        return place
    }

    /// Reads a line in the plain form that nearly every line has.
    ///
    /// - Parameters:
    ///   - bytes: Bytes with a line feed at the end of the line, so that a scan that stops there stays inside of them.
    ///   - start: The place of the line; moved behind it when it is a packet.
    /// - Returns: The packet; `nil` for any other line.
    func packet(in bytes: UnsafeBufferPointer<UInt8>, at start: inout Int) -> Packet? {
        var position = start
        var values: (arrival: UInt64, size: UInt64) = (0, 0)
        for column in 0..<count {
            if column > 0 {
                guard bytes[position] == .comma else { return nil }
                position += 1
            }
            if column == arrival {
                guard let number = TraceColumn.arrival.number(in: bytes, at: &position) else { return nil }
                values.arrival = number
            } else if column == size {
                guard let number = TraceColumn.size.number(in: bytes, at: &position) else { return nil }
                values.size = number
            } else {
                while bytes[position] != .comma, bytes[position] != .lineFeed {
                    // Inside of quotes a comma would not end a column.
                    if bytes[position] == .quote { return nil }
                    position += 1
                }
            }
        }
        guard position - start <= TraceReader.longestLine else { return nil }
        if bytes[position] == .carriageReturn { position += 1 }
        guard bytes[position] == .lineFeed else { return nil }
        start = position + 1
        return Packet(arrival: Int64(values.arrival), length: UInt32(values.size))
    }
}

extension TraceColumn {
    /// Reads digits, and moves `position` to the first byte that is none; `nil` when there is no number of this column.
    fileprivate func number(in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int) -> UInt64? {
        let start = position
        let largest = largest
        // What is not above this can take another digit without overflow.
        let bound = largest / 10
        var value: UInt64 = 0
        while true {
            let digit = UInt64(bytes[position] &- UInt8(ascii: "0"))
            if digit > 9 { break }
            guard value <= bound else { return nil }
            value = value &* 10 &+ digit
            position += 1
        }
        return position > start && value >= smallest && value <= largest ? value : nil
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let comma = UInt8(ascii: ",")
    static let quote = UInt8(ascii: "\"")
}

extension BidirectionalCollection<UInt8> where SubSequence == ArraySlice<UInt8> {
    /// The bytes of a line without the carriage return in front of its line feed.
    var withoutCarriageReturn: ArraySlice<UInt8> { last == .carriageReturn ? dropLast() : self[...] }
}

extension ArraySlice<UInt8> {
    /// The columns of a line.
    var fields: [ArraySlice<UInt8>] { split(separator: .comma, omittingEmptySubsequences: false) }
}
