import FaultModel
import Reports

/// `faultlab faults`: what faults there are, and every tunable of each.
enum FaultsCommand {
    static let usage = """
        usage: faultlab faults [NAME] [--edition E] [--format text|json|markdown|schema]

        The documented faults; with a NAME, every tunable of one.

          --edition E     one edition of the document, as in legacy; all of them when absent
          --format F      text       for a terminal
                          json       an array with an element for each document
                          markdown   a page; without a NAME, the list of the pages
                          schema     a JSON Schema of one document, the current edition unless --edition names another

        Exit codes: 0 done, 2 invalid input.
        """

    private enum Format: String, OutputFormat {
        case text, json, markdown, schema
    }

    static func run(_ words: [String]) -> ExitCode {
        let options = Options(words, of: "faultlab faults", names: ["--edition", "--format"], wordLimit: 1)
        var problems = options.problems
        let format = Format.read(options["--format"], &problems)
        let name = options.words.first
        let edition = options["--edition"]
        var document: FaultDocument?
        do throws(UnknownDocument) {
            document = try name.map { name throws(UnknownDocument) in
                try FaultDocument.named(name, edition: edition)
            }
        } catch {
            problems.append("\(error)")
        }
        if name == nil, edition != nil { problems.append("--edition goes with the NAME of a fault") }
        if name == nil, format == .schema { problems.append("--format schema goes with the NAME of a fault") }
        guard problems.isEmpty, let format else { return ExitCode.invalid(problems) }
        if let document {
            Console.print(text(of: document, isEditionChosen: edition != nil, as: format))
        } else {
            Console.print(text(of: FaultCatalog.standard.documents, as: format))
        }
        return .done
    }

    private static func text(of document: FaultDocument, isEditionChosen: Bool, as format: Format) -> String {
        let editions = isEditionChosen ? [document] : document.allEditions
        return switch format {
        case .text: editions.map(FaultText.details).joined(separator: "\n\n\n")
        case .json: FaultCatalogJSON(editions).text
        case .markdown: FaultPage(document, older: Array(editions.dropFirst())).text
        case .schema: FaultFormSchema(document).text
        }
    }

    private static func text(of documents: [FaultDocument], as format: Format) -> String {
        switch format {
        // A schema is of one document, and was refused before.
        case .text, .schema: FaultText.overview(of: documents)
        case .json: FaultCatalogJSON(documents).text
        case .markdown: FaultIndexPage(documents).text
        }
    }
}
