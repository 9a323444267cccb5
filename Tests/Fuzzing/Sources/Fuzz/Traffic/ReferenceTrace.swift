import TrafficShaping

/// A trace read line by line with the whole text in hand.
struct ReferenceTrace {
    private(set) var packets: [Packet] = []
    /// The number of the first line that is wrong.
    private(set) var wrongLine: Int?

    private static let longestLine = 65_536

    init(_ text: [UInt8]) {
        guard !text.starts(with: [0xFF, 0xFE]), !text.starts(with: [0xFE, 0xFF]) else {
            wrongLine = 1
            return
        }
        var lines = text.dropFirst(text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
            .split(separator: 10, omittingEmptySubsequences: false)
            .map { $0.last == 13 ? $0.dropLast() : $0 }
        // Only the end of a trace may be empty.
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.first else {
            wrongLine = 1
            return
        }
        var columns = ["arrival_ns", "size_bytes"]
        let names = Self.fields(first)
        let hasHeader = names.contains { columns.contains($0) }
        if hasHeader {
            guard first.count <= Self.longestLine,
                columns.allSatisfy({ name in names.filter { $0 == name }.count == 1 })
            else {
                wrongLine = 1
                return
            }
            columns = names
        }
        for (index, line) in lines.enumerated().dropFirst(hasHeader ? 1 : 0) {
            guard let packet = Self.packet(line, columns), packet.arrival >= packets.last?.arrival ?? 0 else {
                wrongLine = index + 1
                return
            }
            packets.append(packet)
        }
    }

    private static func packet(_ line: ArraySlice<UInt8>, _ columns: [String]) -> Packet? {
        let fields = fields(line)
        guard line.count <= longestLine, !line.contains(UInt8(ascii: "\"")), fields.count == columns.count,
            let arrivalColumn = columns.firstIndex(of: "arrival_ns"),
            let sizeColumn = columns.firstIndex(of: "size_bytes"),
            let arrival = number(fields[arrivalColumn]), arrival <= 1 << 62,
            let size = number(fields[sizeColumn]), (1...UInt64(UInt32.max)).contains(size)
        else { return nil }
        return Packet(arrival: Int64(arrival), length: UInt32(size))
    }

    private static func number(_ text: String) -> UInt64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return UInt64(text)
    }

    private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
        line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
