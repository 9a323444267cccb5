/// The document of a fault, as data.
public struct FaultSchema<Subject: Sendable>: Sendable {
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

    /// The documented tunables, then those of other editions that are read too.
    let fields: [TunableField<Subject>]
    private let fieldRows: [TunableRow]
    let rules: [BoundRule<Subject>]
    /// The value that reading starts from.
    ///
    /// No tunable of it survives: each is set or defaulted, or nothing comes out.
    let template: Subject
    private let places: [String: FieldSpelling]

    /// Describes a fault.
    ///
    /// - Parameters:
    ///   - id: The document's id, lower-case words with hyphens.
    ///   - title: The document's title.
    ///   - summary: What the fault does, in one sentence.
    ///   - edition: Which version of the document this is.
    ///   - template: Any value of this edition; reading sets all its tunables, and leaves the rest of it as it is.
    ///   - groups: The tunables under their headings, in the order of the document.
    ///   - otherEditions: Tunables that only other editions of the document list. They are read with a note and exported
    ///     when they are set, so that nothing is lost between editions; each needs a default.
    ///   - rules: What the document demands across tunables.
    /// - Precondition: No key is declared twice, rules read bound properties only, and what only other editions list has a
    ///   default.
    public init(
        id: String,
        title: String,
        summary: String,
        edition: Edition = .current,
        template: Subject,
        groups: [TunableGroup<Subject>],
        otherEditions: [TunableField<Subject>] = [],
        rules: [FaultRule<Subject>] = []
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.edition = edition
        self.template = template
        let fields = groups.flatMap(\.fields) + otherEditions
        precondition(otherEditions.allSatisfy { $0.defaultText != nil }, "\(id) demands what it does not document")
        self.fields = fields
        rows = groups.flatMap { group in group.fields.map { $0.row(group: group.title) } }
        fieldRows = rows + otherEditions.map { $0.row(group: "Other editions") }
        self.rules = rules.map { BoundRule($0, to: fields, of: id) }
        var places: [String: FieldSpelling] = [:]
        for (index, field) in fields.enumerated() {
            for key in [field.traits.key] + field.traits.aliases {
                let earlier = places.updateValue(FieldSpelling(index: index, key: field.traits.key), forKey: key)
                precondition(earlier == nil, "\(id) declares \(key) twice")
            }
        }
        self.places = places
    }

    /// The field that a key names, by its documented spelling or an alias.
    func field(spelled key: String) -> FieldSpelling? {
        places[key]
    }

    /// Whether the document of this edition lists a field.
    func isDocumented(_ index: Int) -> Bool { index < rows.count }

    /// The fields that an export of a fault writes: all documented ones, and of the others those that are set.
    func exported(of subject: Subject) -> [Int] {
        fields.indices.filter { isDocumented($0) || fields[$0].write(subject) != fields[$0].defaultText }
    }

    func resolved(_ index: Int, in subject: Subject, origin: ResolvedTunable.Origin) -> ResolvedTunable {
        let field = fields[index]
        return ResolvedTunable(
            row: fieldRows[index], text: field.traits.isSecret ? nil : field.write(subject), origin: origin)
    }
}

/// A field found by one of its spellings.
struct FieldSpelling: Sendable {
    let index: Int
    /// The documented spelling.
    let key: String
}

/// A rule whose properties have been looked up.
struct BoundRule<Subject: Sendable>: Sendable {
    /// The fields it reads; the first is the one it is about.
    let fields: [Int]
    let deployment: Deployment?
    let judge: @Sendable (Subject) -> [FaultRule<Subject>.Finding]

    init(_ rule: FaultRule<Subject>, to fields: [TunableField<Subject>], of id: String) {
        self.fields = rule.properties.map { property in
            guard let index = fields.firstIndex(where: { $0.keyPath == property }) else {
                preconditionFailure("a rule of \(id) reads a property that no tunable is bound to")
            }
            return index
        }
        deployment = rule.deployment
        judge = rule.judge
    }
}
