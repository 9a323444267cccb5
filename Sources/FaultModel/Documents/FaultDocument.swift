/// A fault document without the type of its fault, for those who get the name at run time.
public struct FaultDocument: Sendable {
    /// The document's id, as in `pod-http-reset-peer`.
    public let id: String
    /// The document's title.
    public let title: String
    /// What the fault does, in one sentence.
    public let summary: String
    /// Which version of the document this is.
    public let edition: Edition
    /// The lines of documentation in the order of the document.
    public let rows: [TunableRow]
    /// What each party must be allowed to do.
    public let permissions: [PermissionGrant]

    private let reader: @Sendable ([TunableEntry], Deployment) -> FaultReading<any Fault>
    private let entryReader: @Sendable (TunableEntry) -> EntryReading

    private init<Subject: Fault>(_ schema: FaultSchema<Subject>) {
        id = schema.id
        title = schema.title
        summary = schema.summary
        edition = schema.edition
        rows = schema.rows
        permissions = schema.template.permissions
        reader = { entries, deployment in schema.read(entries, for: deployment).map { $0 } }
        entryReader = { schema.readAlone($0) }
    }

    /// All editions of a fault's document.
    ///
    /// - Parameter fault: The fault.
    /// - Returns: A document for each edition, the current one first.
    public static func editions<Subject: Fault>(of fault: Subject.Type) -> [FaultDocument] {
        fault.editions.map { FaultDocument($0) }
    }

    /// Whether the document has a tunable of that key.
    func lists(_ key: String) -> Bool { rows.contains { $0.key == key } }

    /// Reads a fault from its documented keys and reports everything that is wrong at once.
    ///
    /// - Parameters:
    ///   - entries: Keys and values in any order, each key once.
    ///   - deployment: Where the fault is going to be applied. On loopback nobody asks for what only finds and reaches
    ///     targets; a fault read so may hold placeholders there, so lower it and nothing else.
    /// - Returns: The fault, or what keeps it from being one.
    public func parse(_ entries: [TunableEntry], for deployment: Deployment = .platform) -> FaultReading<any Fault> {
        reader(entries, deployment)
    }

    /// Reads one entry by itself, for forms that judge each field as it is filled in.
    ///
    /// - Parameter entry: A key and its value.
    /// - Returns: What was read, or what is wrong with it; rules across tunables are not asked.
    public func readAlone(_ entry: TunableEntry) -> EntryReading {
        entryReader(entry)
    }
}
