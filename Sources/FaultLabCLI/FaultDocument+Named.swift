import FaultModel

/// Why there is no such document, with what to write instead.
struct UnknownDocument: Error, CustomStringConvertible {
    let description: String
}

extension FaultDocument {
    /// The document that was asked for.
    ///
    /// - Parameters:
    ///   - name: The name, as written.
    ///   - edition: The edition, as written; the current one when left out.
    ///   - option: The option in front of the name, with a space, for messages.
    /// - Returns: The document.
    /// - Throws: What to say when there is none.
    static func named(
        _ name: String, edition: String?, option: String = ""
    ) throws(UnknownDocument) -> FaultDocument {
        let catalog = FaultCatalog.standard
        guard let document = catalog.document(named: name) else {
            let hint = catalog.nearestID(to: name).map { "did you mean \($0)?" } ?? "known are \(known)"
            throw UnknownDocument(description: "\(option)\(Options.shown(name)): there is no such fault; \(hint)")
        }
        guard let edition else { return document }
        let editions = document.allEditions
        guard let chosen = editions.first(where: { $0.edition.name == edition.lowercased() }) else {
            let names = editions.map(\.edition.name).joined(separator: ", ")
            throw UnknownDocument(
                description: "--edition \(Options.shown(edition)): \(document.id) has no such edition; "
                    + (editions.count == 1 ? "its only one is \(names)" : "its editions are \(names)"))
        }
        return chosen
    }

    /// All editions of the document, the current one first.
    var allEditions: [FaultDocument] { FaultCatalog.standard.documents.filter { $0.id == id } }

    private static var known: String {
        var ids: [String] = []
        for document in FaultCatalog.standard.documents where !ids.contains(document.id) { ids.append(document.id) }
        return ids.joined(separator: ", ")
    }
}
