import Reports

@testable import FaultModel

/// The tunables of a whole fault: everything wrong is said, one line each, and a fault that is read survives its export.
///
/// The first line of an input is a document's id, perhaps with an edition behind a space; each further line is an entry.
enum DocumentFuzz {
    static func play(_ input: [UInt8]) {
        let lines = String(decoding: input, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let names = lines[0].split(separator: " ", maxSplits: 1).map(String.init)
        let documents = FaultCatalog.standard.documents.filter { $0.id == names.first }
        guard let document = documents.first(where: { $0.edition.name == names.last }) ?? documents.first else {
            if let name = names.first { _ = FaultCatalog.standard.nearestID(to: name) }
            return
        }
        let entries = lines.dropFirst().enumerated().map { number, line in
            entry(String(line), Place.file(path: "fault.env", line: number + 2, column: 1), of: document)
        }
        for entry in entries { judge(document.readAlone(entry).diagnostics, of: document) }
        for deployment in [Deployment.platform, .loopback] {
            judge(document.parse(entries, for: deployment), of: document, for: deployment)
        }
    }

    private static let marker = "kept-secret-"

    /// The entry of a line; what must stay secret begins with a word that occurs nowhere else.
    private static func entry(_ line: String, _ place: Place, of document: FaultDocument) -> TunableEntry {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = parts.count == 2 ? parts[1] : ""
        let isSecret = document.rows.contains { row in
            row.traits.isSecret && (row.key == parts[0] || row.traits.aliases.contains(parts[0]))
        }
        return TunableEntry(parts[0], isSecret ? marker + value : value, place: place)
    }

    private static func judge(
        _ reading: FaultReading<any Fault>, of document: FaultDocument, for deployment: Deployment
    ) {
        judge(reading.diagnostics, of: document)
        check((reading.fault == nil) == reading.diagnostics.containErrors, "an error does not keep a fault away")
        guard let fault = reading.fault else { return }
        checkLine(fault.disruptionWithoutJudging().summary, "a summary")
        // The rest is the same wherever a fault is applied.
        guard deployment == .platform else { return }
        survivesExport(fault, document)
        do throws(InvalidFault) {
            let explanation = try ExplanationText(document, reading)
            checkText(explanation.text)
            check(!explanation.text.contains(marker) && !explanation.json.contains(marker), "a secret is explained")
            let json = Array(explanation.json.utf8)
            check(JSONGrammar.accepts(json), "no JSON: \(explanation.json)")
            _ = try fault.lowered(for: deployment)
        } catch {
            check(false, "a fault that was read is refused: \(error)")
        }
    }

    private static func judge(_ diagnostics: [Diagnostic], of document: FaultDocument) {
        for diagnostic in diagnostics {
            checkLine(diagnostic.description)
            check(!diagnostic.description.contains(marker), "a secret is shown: \(diagnostic)")
            check(!"\(diagnostic.place)".contains(marker), "a place shows a secret")
            let isAboutEntry = diagnostic.place != .unknown
            check(!isAboutEntry || diagnostic.key != nil, "it does not name the tunable: \(diagnostic)")
        }
    }

    /// What a fault exports is read as the same fault.
    private static func survivesExport(_ fault: any Fault, _ document: FaultDocument) {
        let again = document.parse(fault.tunables)
        guard let copy = again.fault else {
            return check(false, "its own export is refused: \(again.diagnostics)")
        }
        check(AnyHashable(copy) == AnyHashable(fault), "\(fault.tunables) is read as another fault, \(copy.tunables)")
    }
}
