import FaultModel

/// How the texts about faults are laid out for a terminal.
enum TextLayout {
    /// The most columns of a line that can be broken.
    static let width = 100

    /// A text broken into lines that begin in one column.
    static func paragraph(_ text: String, indent: Int) -> [String] {
        text.wrapped(to: width - indent).map { String(repeating: " ", count: indent) + $0 }
    }

    /// A line with a label and a text beside it, broken where it has to be.
    static func entry(_ label: String, _ text: String, indent: Int, column: Int) -> [String] {
        let lines = paragraph(text, indent: column)
        let start = String(repeating: " ", count: indent) + label
        guard start.count < column, let first = lines.first else { return [start] + lines }
        return [start.padded(to: column) + first.dropFirst(column)] + lines.dropFirst()
    }
}

extension String {
    /// The text broken between words into lines of so many columns; a longer word keeps a line of its own.
    func wrapped(to room: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        for word in printable.split(separator: " ") {
            if !current.isEmpty, current.count + 1 + word.count > room {
                lines.append(current)
                current = ""
            }
            current += (current.isEmpty ? "" : " ") + word
        }
        return current.isEmpty ? lines : lines + [current]
    }

    /// Half a sentence as a whole one.
    var sentence: String {
        guard let first else { return "" }
        return first.uppercased() + dropFirst() + (last == "." ? "" : ".")
    }
}

extension TunableRow {
    /// Type and unit in a few words, as in `duration in milliseconds`; a type that names its unit does so once.
    var typeText: String {
        guard let unit, !typeName.hasPrefix(unit) else { return typeName }
        return "\(typeName) in \(unit)"
    }
}

extension Sequence {
    /// The elements under headings, in the order in which each heading comes first.
    func grouped(by heading: (Element) -> String) -> [(heading: String, members: [Element])] {
        var groups: [(heading: String, members: [Element])] = []
        for element in self {
            let name = heading(element)
            if let index = groups.firstIndex(where: { $0.heading == name }) {
                groups[index].members.append(element)
            } else {
                groups.append((name, [element]))
            }
        }
        return groups
    }
}
