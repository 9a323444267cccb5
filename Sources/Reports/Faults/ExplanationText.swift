public import FaultModel

/// A fault with its values, where each comes from, and what follows from them.
///
/// The value of a secret is nowhere in it.
public struct ExplanationText: Sendable {
    let document: FaultDocument
    let reading: FaultReading<any Fault>
    let fault: any Fault
    let disruption: Disruption

    /// Prepares the text.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - reading: What was read by it.
    /// - Throws: All diagnostics when one of them is an error.
    public init(_ document: FaultDocument, _ reading: FaultReading<any Fault>) throws(InvalidFault) {
        self.document = document
        self.reading = reading
        fault = try reading.get()
        disruption = try fault.lowered()
    }

    /// The text for a terminal, without a line end behind the last line.
    public var text: String {
        let sections = [header, tunables, figures, permissions, remarks].flatMap(\.self)
        return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var header: [[String]] {
        [
            ["\(document.title) (\(document.id), edition \(document.edition))"],
            TextLayout.paragraph("On the wire: \(disruption.summary).", indent: 0),
        ]
    }

    private var tunables: [[String]] {
        let keyWidth = reading.tunables.map(\.row.key.count).max() ?? 0
        // A long value moves its origin to the next line instead of pushing all origins to the right.
        let valueWidth = reading.tunables.map { Self.value(of: $0).count }.filter { $0 <= 36 }.max() ?? 0
        return reading.tunables.grouped(by: \.row.group).map { group in
            [group.heading]
                + group.members.flatMap { tunable in
                    TextLayout.entry(
                        "\(tunable.row.key.padded(to: keyWidth))  \(Self.value(of: tunable))",
                        Self.origin(of: tunable), indent: 2, column: 2 + keyWidth + 2 + valueWidth + 2)
                }
        }
    }

    private var figures: [[String]] {
        let figures = fault.figures
        guard !figures.isEmpty else { return [] }
        let column = 2 + (figures.map(\.name.count).max() ?? 0) + 2
        return [
            ["What follows"]
                + figures.flatMap { figure in
                    TextLayout.entry(
                        figure.name, "\(figure.value) (\(figure.explanation))", indent: 2, column: column)
                }
        ]
    }

    private var permissions: [[String]] {
        fault.permissions.map { grant in
            let overview = PermissionText(grant, name: document.id).overview
            let labels = overview.map(\.subject.count).filter { $0 <= 30 }.max() ?? 0
            let column = labels == 0 ? 2 : 2 + labels + 2
            return ["Permissions of \(grant.holder)"]
                + overview.flatMap { entry in
                    entry.subject.isEmpty
                        ? TextLayout.paragraph(entry.list, indent: 2)
                        : TextLayout.entry(entry.subject, entry.list, indent: 2, column: column)
                }
        }
    }

    /// Warnings and notes, each on one line however long it is, so that a script can search for it.
    private var remarks: [[String]] {
        reading.diagnostics.isEmpty ? [] : [reading.diagnostics.map(\.description)]
    }

    private static func value(of tunable: ResolvedTunable) -> String {
        guard let text = tunable.text else { return "(secret)" }
        if text.isEmpty { return "(empty)" }
        guard let unit = tunable.row.unit else { return text.printable }
        return "\(text.printable) \(unit)" + (readable(text, unit).map { " = \($0)" } ?? "")
    }

    /// A length of time in a unit that fits it better than the documented one; `nil` when that is the documented one.
    private static func readable(_ text: String, _ unit: String) -> String? {
        guard let count = Int64(text) else { return nil }
        let length: Duration
        switch unit {
        case "seconds": length = .seconds(count)
        case "milliseconds": length = .milliseconds(count)
        default: return nil
        }
        let readable = length.readableText
        return readable.hasPrefix("\(count) ") ? nil : readable
    }

    private static func origin(of tunable: ResolvedTunable) -> String {
        switch tunable.origin {
        case .documentedDefault: "default"
        case .set(.argument(let text)): "set by \(text)"
        case .set(.unknown): "set"
        case .set(let place): "set at \(place)"
        }
    }
}
