public import FaultModel

/// The documented faults for people who read a terminal.
public enum FaultText {
    /// One line for each document: id, edition where there are several, title, and how many tunables it has.
    ///
    /// - Parameter documents: The documents.
    /// - Returns: The text, without a line end behind the last line.
    public static func overview(of documents: [FaultDocument]) -> String {
        let cells = documents.map { document in
            let hasEditions = documents.contains { $0.id == document.id && $0.edition != document.edition }
            let required = document.rows.count(where: \.isRequired)
            return [
                document.id,
                hasEditions ? document.edition.name : "",
                document.title,
                "\(document.rows.count) tunables" + (required > 0 ? ", \(required) required" : ""),
            ]
        }
        let widths = (0..<4).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { line in
            // An empty column takes no room.
            zip(line, widths).filter { $1 > 0 }.map { $0.padded(to: $1) }.joined(separator: "  ").trimmedAtTheEnd
        }.joined(separator: "\n")
    }

    /// Everything about one document: its meaning on the wire, and each tunable under its heading.
    ///
    /// - Parameter document: The document.
    /// - Returns: The text, without a line end behind the last line.
    public static func details(of document: FaultDocument) -> String {
        var sections = [
            ["\(document.title) (\(document.id), edition \(document.edition))"]
                + TextLayout.paragraph(document.summary, indent: 0)
        ]
        if let wire = DefaultMeaning(of: document).wire {
            sections.append(TextLayout.paragraph("With its defaults: \(wire).", indent: 0))
        }
        let keyWidth = document.rows.map(\.key.count).max() ?? 0
        // A long name of a type pushes its own default aside, not all of them.
        let typeWidth = document.rows.map(\.typeText.count).filter { $0 <= 30 }.max() ?? 0
        for group in document.rows.grouped(by: \.group) {
            sections.append(
                [group.heading] + group.members.flatMap { lines(of: $0, keyWidth: keyWidth, typeWidth: typeWidth) })
        }
        return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private static func lines(of row: TunableRow, keyWidth: Int, typeWidth: Int) -> [String] {
        let head = "  \(row.key.padded(to: keyWidth))  \(row.typeText.padded(to: typeWidth))  \(defaultText(of: row))"
        var lines = [head] + TextLayout.paragraph(row.traits.summary, indent: 6)
        lines += TextLayout.paragraph("Legal: \(row.rule).", indent: 6)
        if !row.traits.aliases.isEmpty {
            lines += TextLayout.paragraph("Also read as \(row.traits.aliases.joined(separator: ", ")).", indent: 6)
        }
        if row.traits.isSecret { lines.append("      A secret: its value is never shown.") }
        return lines
    }

    private static func defaultText(of row: TunableRow) -> String {
        switch row.defaultText {
        case nil: "required"
        case "": "empty by default"
        case let text?: "default \(text)"
        }
    }
}

extension String {
    fileprivate var trimmedAtTheEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
