/// The documents by which faults are found at run time.
///
/// ```swift
/// let document = FaultCatalog.standard.document(named: "pod-http-reset-peer")
/// ```
public struct FaultCatalog: Sendable {
    /// The documented faults, one line each.
    public static let standard = FaultCatalog(
        FaultDocument.editions(of: PodHTTPResetPeer.self),
        FaultDocument.editions(of: PodNetworkRateLimit.self),
        FaultDocument.editions(of: VMwareHTTPResetPeer.self),
        FaultDocument.editions(of: ECSContainerHTTPResetPeer.self)
    )

    /// All documents, every edition of each, the current edition first.
    public let documents: [FaultDocument]

    /// Collects documents.
    ///
    /// - Parameter documents: The editions of each document, as ``FaultDocument/editions(of:)`` gives them.
    /// - Precondition: No two documents have one id and one edition.
    public init(_ documents: [FaultDocument]...) {
        self.init(documents: documents.flatMap(\.self))
    }

    private init(documents: [FaultDocument]) {
        var seen: Set<String> = []
        for document in documents {
            let isNew = seen.insert("\(document.id) \(document.edition)").inserted
            precondition(isNew, "the catalog has two documents \(document.id), edition \(document.edition)")
        }
        self.documents = documents
    }

    /// The catalog with a fault of your own.
    ///
    /// - Parameter fault: The fault.
    /// - Returns: A catalog that also has all editions of it.
    /// - Precondition: The catalog has no document of that id and edition.
    public func adding<Subject: Fault>(_ fault: Subject.Type) -> FaultCatalog {
        FaultCatalog(documents: documents + FaultDocument.editions(of: fault))
    }

    /// The document of a name.
    ///
    /// - Parameters:
    ///   - name: The document's id in any case, as in `pod-http-reset-peer`.
    ///   - edition: The edition; the current one when left out.
    /// - Returns: The document, or nothing when there is none.
    public func document(named name: String, edition: Edition? = nil) -> FaultDocument? {
        let id = name.lowercased()
        return documents.first { $0.id == id && (edition == nil || $0.edition == edition) }
    }

    /// The id that somebody probably meant.
    ///
    /// - Parameter name: A name that no document has.
    /// - Returns: The nearest id, or nothing when all are far away.
    public func nearestID(to name: String) -> String? {
        NearestName.find(name, in: documents.map(\.id))
    }
}
