/// What came of reading a fault from its documented keys.
public struct FaultReading<Subject: Sendable>: Sendable {
    /// The fault, unless one of the diagnostics is an error.
    public let fault: Subject?
    /// Everything there is to say: first about the entries in their order, then about the whole.
    public let diagnostics: [Diagnostic]
    /// The tunables that have a value, with where it comes from, in the order of the document.
    public let tunables: [ResolvedTunable]
    /// The document's id.
    public let faultID: String

    /// The fault, or all diagnostics as an error.
    ///
    /// - Returns: The fault.
    /// - Throws: All diagnostics when one of them is an error.
    public func get() throws(InvalidFault) -> Subject {
        guard let fault else { throw InvalidFault(faultID: faultID, diagnostics: diagnostics) }
        return fault
    }

    /// The same reading with another view of the fault.
    func map<Other: Sendable>(_ transform: (Subject) -> Other) -> FaultReading<Other> {
        FaultReading<Other>(
            fault: fault.map(transform), diagnostics: diagnostics, tunables: tunables, faultID: faultID)
    }
}

/// What came of reading one entry by itself, as somebody who fills in a form wants to know it at once.
public struct EntryReading: Hashable, Sendable {
    /// The value as an export writes it; absent when it cannot be read, and for secrets.
    public let text: String?
    /// Everything there is to say about the entry alone; rules across tunables are not asked.
    public let diagnostics: [Diagnostic]
}

extension FaultSchema {
    /// Reads one entry by itself.
    ///
    /// - Parameter entry: A key and its value.
    /// - Returns: What was read, or what is wrong with it.
    public func readAlone(_ entry: TunableEntry) -> EntryReading {
        var reader = FaultReader(self, for: .platform)
        reader.take(entry)
        return reader.finish(only: entry.key)
    }

    /// Reads a fault from its documented keys and reports everything that is wrong at once.
    ///
    /// - Parameters:
    ///   - entries: Keys and values in any order, each key once.
    ///   - deployment: Where the fault is going to be applied. On loopback nobody asks for what only finds and reaches
    ///     targets, and a required tunable of that kind may hold a placeholder.
    /// - Returns: The fault, or what keeps it from being one.
    public func read(_ entries: [TunableEntry], for deployment: Deployment = .platform) -> FaultReading<Subject> {
        var reader = FaultReader(self, for: deployment)
        for entry in entries { reader.take(entry) }
        return reader.finish()
    }
}

extension Fault {
    /// Reads a fault from its documented keys and reports everything that is wrong at once.
    ///
    /// Nothing is guessed: a value that cannot be read is an error, never a zero or a default, and so is a key that the
    /// document does not list. A key that is left out has its documented default.
    ///
    /// - Parameters:
    ///   - entries: Keys and values in any order, each key once.
    ///   - edition: The edition of the document; the current one when left out.
    /// - Returns: The fault, or what keeps it from being one.
    public static func parse(_ entries: [TunableEntry], edition: Edition? = nil) -> FaultReading<Self> {
        guard let edition else { return schema.read(entries) }
        guard let schema = editions.first(where: { $0.edition == edition }) else {
            let names = editions.map(\.edition.name).joined(separator: ", ")
            let problem = Diagnostic(
                .error, message: "\(Self.schema.id) has no edition \(edition)", hint: "the editions are \(names)")
            return FaultReading(fault: nil, diagnostics: [problem], tunables: [], faultID: Self.schema.id)
        }
        return schema.read(entries)
    }

    /// Creates a fault from its documented keys.
    ///
    /// - Parameters:
    ///   - entries: Keys and values in any order, each key once.
    ///   - edition: The edition of the document; the current one when left out.
    /// - Throws: All diagnostics at once when one of them is an error. Warnings and notes are not seen this way; use
    ///   ``parse(_:edition:)`` for them.
    public init(tunables entries: [TunableEntry], edition: Edition? = nil) throws(InvalidFault) {
        self = try Self.parse(entries, edition: edition).get()
    }

    /// Creates a fault from documented keys that stand in the source, as in `["RESET_TIMEOUT": "500"]`.
    ///
    /// - Parameters:
    ///   - pairs: Keys and values in any order, each key once.
    ///   - edition: The edition of the document; the current one when left out.
    ///   - fileID: The file to name in messages; leave it out.
    ///   - line: The line to name in messages; leave it out.
    /// - Throws: All diagnostics at once when one of them is an error.
    public init(
        tunables pairs: KeyValuePairs<String, String>,
        edition: Edition? = nil,
        fileID: String = #fileID,
        line: Int = #line
    ) throws(InvalidFault) {
        let place = Place.swift(fileID: fileID, line: line)
        try self.init(tunables: pairs.map { TunableEntry($0.key, $0.value, place: place) }, edition: edition)
    }
}
