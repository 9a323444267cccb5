/// A documented failure with tunables.
///
/// A fault is one file: a value type with a property per tunable, an initializer whose defaults come from the declarations
/// of its tunables, and a schema that binds the declarations to the properties. Parsing, validation, documentation and
/// export follow from the schema. `Docs/adding-a-fault.md` walks through one.
public protocol Fault: Hashable, Sendable {
    /// The document of the current edition.
    static var schema: FaultSchema<Self> { get }
    /// All editions of the document, the current one first.
    static var editions: [FaultSchema<Self>] { get }
    /// The edition this value follows.
    var edition: Edition { get }
    /// When the fault starts and ends on its targets.
    var timing: FaultTiming { get }
    /// Figures of this fault's own that follow from its tunables; none unless a fault has some.
    ///
    /// ``figures`` has them together with those of every fault. This must not trap, whatever the values.
    var ownFigures: [DerivedFigure] { get }
    /// What each party must be allowed to do; nothing unless a fault says so.
    var permissions: [PermissionGrant] { get }

    /// The meaning of the tunables on the wire.
    ///
    /// ``lowered(at:for:)`` is the door for callers: it judges the fault first. This must not trap when it did not.
    ///
    /// - Returns: The disruption that a backend applies.
    func disruptionWithoutJudging() -> Disruption
}

extension Fault {
    /// The one edition of a document that never had another.
    public static var editions: [FaultSchema<Self>] { [schema] }
    /// The current edition, for documents that never had another.
    public var edition: Edition { Self.schema.edition }

    /// No figures.
    public var ownFigures: [DerivedFigure] { [] }
    /// No permissions.
    public var permissions: [PermissionGrant] { [] }

    /// The document this value follows.
    var ownSchema: FaultSchema<Self> {
        let own = edition
        return Self.editions.first { $0.edition == own } ?? Self.schema
    }

    /// All tunables with their documented keys, defaults included; reading them again gives an equal fault.
    ///
    /// Choices that no document names have no key and stay behind. The values of secrets are among the entries: hand them to
    /// a backend, not to a log.
    public var tunables: [TunableEntry] {
        let schema = ownSchema
        return schema.exported(of: self).map { index in
            TunableEntry(schema.fields[index].traits.key, schema.fields[index].write(self))
        }
    }

    /// All tunables with their lines of documentation and where their values come from.
    ///
    /// A fault made in Swift does not remember which arguments were written: a value that equals the default counts as the
    /// default. ``FaultReading/tunables`` knows for sure.
    public var resolvedTunables: [ResolvedTunable] {
        let schema = ownSchema
        return schema.exported(of: self).map { index in
            let isDefault = schema.fields[index].defaultText == schema.fields[index].write(self)
            return schema.resolved(index, in: self, origin: isDefault ? .documentedDefault : .set(.unknown))
        }
    }

    /// Everything there is to say about the fault.
    ///
    /// - Parameters:
    ///   - place: Where the fault was written, for the messages.
    ///   - deployment: Where the fault is going to be applied.
    /// - Returns: Errors and warnings in the order of the document.
    public func diagnostics(at place: Place = .unknown, for deployment: Deployment = .platform) -> [Diagnostic] {
        ownSchema.judge(self, at: place, for: deployment)
    }

    /// The meaning of the fault on the wire.
    ///
    /// - Parameters:
    ///   - place: Where the fault was written, for the messages.
    ///   - deployment: Where the fault is going to be applied.
    /// - Returns: The disruption that a backend applies.
    /// - Throws: All diagnostics when one of them is an error.
    public func lowered(
        at place: Place = .unknown, for deployment: Deployment = .platform
    ) throws(InvalidFault) -> Disruption {
        let diagnostics = diagnostics(at: place, for: deployment)
        if diagnostics.containErrors { throw InvalidFault(faultID: Self.schema.id, diagnostics: diagnostics) }
        return disruptionWithoutJudging()
    }
}
