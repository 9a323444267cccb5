public import FaultModel

/// A fault document as a JSON Schema (draft 2020-12), for tools that draw a form or check a file.
///
/// An instance is an object of documented keys; every value is a text, as it is on the wire. The schema asks for the
/// documented spelling: what the reader forgives with a note, as `30%` for 30, does not match. It says less than the
/// document where a rule spans tunables or where a text has a grammar of its own; reading the fault is the last word.
public struct FaultFormSchema: Sendable {
    private let document: FaultDocument

    /// Prepares the text.
    ///
    /// - Parameter document: The document.
    public init(_ document: FaultDocument) {
        self.document = document
    }

    /// The text, indented, without a line end behind the last line.
    public var text: String {
        var writer = JSONWriter(isIndented: true)
        writer.object { schema in
            schema.member("$schema", "https://json-schema.org/draft/2020-12/schema")
            schema.member("title", document.title)
            schema.member("description", document.summary)
            schema.member("x-fault", document.id)
            schema.member("x-edition", document.edition.name)
            schema.member("type", "object")
            schema.key("properties")
            schema.object { properties in
                for row in document.rows {
                    properties.key(row.key)
                    write(row, to: &properties)
                }
            }
            schema.member("required", document.rows.filter(\.isRequired).map(\.key))
            schema.member("additionalProperties", false)
        }
        return writer.text
    }

    private func write(_ row: TunableRow, to writer: inout JSONWriter) {
        writer.object { property in
            property.member("type", "string")
            property.member("title", row.key)
            property.member("description", "\(row.traits.summary) \(row.rule.sentence)")
            // What stands for the default of a secret is not the default.
            if !row.traits.isSecret, let text = row.defaultText { property.member("default", text) }
            if let values = row.values { property.member("enum", values) }
            if let range = row.range { property.member("pattern", NumberPattern.matching(range)) }
            if row.traits.isSecret { property.member("writeOnly", true) }
            property.member("x-group", row.group)
            if let unit = row.unit { property.member("x-unit", unit) }
        }
    }
}
