/// The little Markdown that the generated pages need.
enum Markdown {
    /// A text in which no character is taken for markup.
    static func text(_ text: String) -> String {
        var result = ""
        for character in text.printable {
            if #"\`*<["#.contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// A text in a cell of a table.
    static func cell(_ text: String) -> String {
        Self.text(text).replacingBars
    }

    /// A literal, also inside a cell.
    static func code(_ text: String) -> String {
        let text = text.printable
        return (text.contains("`") ? "`` \(text) ``" : "`\(text)`").replacingBars
    }

    /// A block of literal lines.
    static func fence(_ text: String, _ language: String) -> String {
        "```\(language)\n\(text)\n```"
    }

    /// A table; its cells are Markdown already.
    static func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}

extension String {
    /// A bar ends a cell, in a literal too.
    fileprivate var replacingBars: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
