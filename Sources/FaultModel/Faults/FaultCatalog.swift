/// The documented faults, one line each.
public enum FaultCatalog {
    /// All documents, every edition of each, the current edition first.
    public static let documents: [FaultDocument] = [
        FaultDocument.editions(of: PodHTTPResetPeer.self)
    ].flatMap(\.self)

    /// The document of a name.
    ///
    /// - Parameters:
    ///   - name: The document's id in any case, as in `pod-http-reset-peer`.
    ///   - edition: The edition; the current one when left out.
    /// - Returns: The document, or nothing when there is none.
    public static func document(named name: String, edition: Edition? = nil) -> FaultDocument? {
        let id = name.lowercased()
        return documents.first { $0.id == id && (edition == nil || $0.edition == edition) }
    }

    /// The id that somebody probably meant.
    ///
    /// - Parameter name: A name that no document has.
    /// - Returns: The nearest id, or nothing when all are far away.
    public static func nearestID(to name: String) -> String? {
        NearestName.find(name, in: documents.map(\.id))
    }
}

/// A fault document without the type of its fault, for those who get the name at run time.
public struct FaultDocument: Sendable {
    /// The document's id, as in `pod-http-reset-peer`.
    public let id: String
    /// The document's title.
    public let title: String
    /// Which version of the document this is.
    public let edition: Edition
    /// The lines of documentation in the order of the document.
    public let rows: [TunableRow]

    private let reader: @Sendable ([TunableEntry]) -> FaultReading<any Fault>

    private init<Subject: Fault>(_ schema: FaultSchema<Subject>) {
        id = schema.id
        title = schema.title
        edition = schema.edition
        rows = schema.rows
        reader = { entries in schema.read(entries).map { $0 } }
    }

    /// All editions of a fault's document.
    ///
    /// - Parameter fault: The fault.
    /// - Returns: A document for each edition, the current one first.
    public static func editions<Subject: Fault>(of fault: Subject.Type) -> [FaultDocument] {
        fault.editions.map { FaultDocument($0) }
    }

    /// Reads a fault from its documented keys and reports everything that is wrong at once.
    ///
    /// - Parameter entries: Keys and values in any order, each key once.
    /// - Returns: The fault, or what keeps it from being one.
    public func parse(_ entries: [TunableEntry]) -> FaultReading<any Fault> {
        reader(entries)
    }
}
