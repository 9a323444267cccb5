import FaultModel

/// What somebody has to know who moves from one edition of a document to another.
struct EditionDifferences {
    private let base: FaultDocument
    private let other: FaultDocument

    init(from base: FaultDocument, to other: FaultDocument) {
        self.base = base
        self.other = other
    }

    /// The differences, a Markdown sentence each; in the order of the other edition, what it lacks last.
    var sentences: [String] {
        let pairs = other.rows.map { row in (row: row, counterpart: counterpart(of: row)) }
        let added = pairs.filter { $0.counterpart == nil }.map(\.row)
        let shared = Set(pairs.compactMap(\.counterpart?.key))
        let missing = base.rows.filter { !shared.contains($0.key) }
        var sentences = meaning
        for (row, counterpart) in pairs {
            if let counterpart { sentences += differences(of: row, from: counterpart) }
        }
        if !added.isEmpty { sentences.append("Only here: \(Self.list(added)).") }
        if !missing.isEmpty { sentences.append("Not here: \(Self.list(missing)).") }
        if base.permissions != other.permissions { sentences.append("Its permissions are others.") }
        return sentences
    }

    /// The tunable of the base that a row stands for; a key that changed its spelling is an alias of the other.
    private func counterpart(of row: TunableRow) -> TunableRow? {
        base.rows.first { $0.key == row.key }
            ?? base.rows.first { $0.traits.aliases.contains(row.key) || row.traits.aliases.contains($0.key) }
    }

    private var meaning: [String] {
        let (own, others) = (DefaultMeaning(of: other).wire, DefaultMeaning(of: base).wire)
        guard let own, let others, own != others else { return [] }
        return ["With the defaults: \(Markdown.text(own)). In the \(base.edition) edition: \(Markdown.text(others))."]
    }

    private func differences(of row: TunableRow, from earlier: TunableRow) -> [String] {
        let key = Markdown.code(row.key)
        var sentences: [String] = []
        if row.key != earlier.key {
            sentences.append("\(key) is spelled \(Markdown.code(earlier.key)) in the \(base.edition) edition.")
        }
        if row.isRequired != earlier.isRequired {
            let state = row.isRequired ? "is required here" : "may be left out here: \(Self.defaultText(of: row))"
            sentences.append("\(key) \(state).")
        } else if row.defaultText != earlier.defaultText {
            sentences.append("\(key): \(Self.defaultText(of: row)), not \(Self.valueText(of: earlier)).")
        }
        if row.typeText != earlier.typeText {
            sentences.append("\(key) is a \(Markdown.text(row.typeText)), not a \(Markdown.text(earlier.typeText)).")
        }
        if row.rule != earlier.rule { sentences.append("\(key) has another rule: \(Markdown.text(row.rule)).") }
        return sentences
    }

    private static func list(_ rows: [TunableRow]) -> String {
        rows.map { Markdown.code($0.key) }.joined(separator: ", ")
    }

    private static func defaultText(of row: TunableRow) -> String { "the default is \(valueText(of: row))" }

    private static func valueText(of row: TunableRow) -> String {
        row.defaultText.map { $0.isEmpty ? "empty" : Markdown.code($0) } ?? "required"
    }
}
