/// Lines of columns: the first to the left, the others to the right.
struct TextTable {
    private var rows: [[String]]

    init(_ titles: [String]) { rows = [titles] }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    var lines: [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, entry in
                let padding = String(repeating: " ", count: entry.1 - entry.0.count)
                return column == 0 ? "  " + entry.0 + padding : "   " + padding + entry.0
            }.joined()
        }
    }
}
