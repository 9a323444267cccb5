public import FaultModel

/// Fault documents as a JSON array, for scripts and for tools that list faults.
///
/// Each element has `name`, `edition`, `title` and `tunables`; each tunable has `key`, `default` (the documented text, `null`
/// when the tunable is required), `required`, `unit` (`null` when there is none), `type`, `group` and `description`. Members
/// after these may be added; none of these goes away.
public struct FaultCatalogJSON: Sendable {
    private let documents: [FaultDocument]

    /// Prepares the text.
    ///
    /// - Parameter documents: The documents, an element each.
    public init(_ documents: [FaultDocument]) {
        self.documents = documents
    }

    /// The text, indented, without a line end behind the last line.
    public var text: String {
        var writer = JSONWriter(isIndented: true)
        writer.array { list in
            for document in documents { write(document, to: &list) }
        }
        return writer.text
    }

    private func write(_ document: FaultDocument, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("name", document.id)
            object.member("edition", document.edition.name)
            object.member("title", document.title)
            object.key("tunables")
            object.array { list in
                for row in document.rows { write(row, to: &list) }
            }
            object.member("summary", document.summary)
        }
    }

    private func write(_ row: TunableRow, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("key", row.key)
            object.member("default", row.defaultText)
            object.member("required", row.isRequired)
            object.member("unit", row.unit)
            object.member("type", row.typeName)
            object.member("group", row.group)
            object.member("description", row.traits.summary)
            object.member("rule", row.rule)
            object.member("aliases", row.traits.aliases)
            object.member("layer", row.traits.layer.rawValue)
            object.member("secret", row.traits.isSecret)
        }
    }
}
