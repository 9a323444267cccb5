/// A tunable bound to the property of a fault that holds its value.
public struct TunableField<Subject: Sendable>: Sendable {
    let traits: TunableTraits
    let typeName: String
    let unit: String?
    let rule: String
    let ignoresOuterSpace: Bool
    let values: [String]?
    let range: ClosedRange<Int>?
    let defaultText: String?
    let keyPath: AnyPropertyPath<Subject>
    /// Reads a text into the property; gives the note of the codec.
    let read: @Sendable (String, inout Subject) throws(TunableFlaw) -> String?
    let write: @Sendable (Subject) -> String
    let check: @Sendable (Subject) throws(TunableFlaw) -> Void
    /// Sets the documented default; false when there is none.
    let setDefault: @Sendable (inout Subject) -> Bool

    /// Binds a tunable with a default.
    ///
    /// - Parameters:
    ///   - tunable: The declaration.
    ///   - property: Where the fault keeps the value.
    public init<Value>(_ tunable: Tunable<Value>, _ property: WritablePropertyPath<Subject, Value>) {
        self.init(tunable.traits, tunable.codec, default: tunable.defaultValue, property)
    }

    /// Binds a tunable that must be given.
    ///
    /// - Parameters:
    ///   - tunable: The declaration.
    ///   - property: Where the fault keeps the value.
    public init<Value>(_ tunable: RequiredTunable<Value>, _ property: WritablePropertyPath<Subject, Value>) {
        self.init(tunable.traits, tunable.codec, default: nil, property)
    }

    private init<Value: Sendable>(
        _ traits: TunableTraits,
        _ codec: TunableCodec<Value>,
        default defaultValue: Value?,
        _ property: WritablePropertyPath<Subject, Value>
    ) {
        self.traits = traits
        typeName = codec.typeName
        unit = codec.unit
        rule = codec.rule
        ignoresOuterSpace = codec.ignoresOuterSpace
        values = codec.values
        range = codec.range
        defaultText = defaultValue.map(codec.write)
        keyPath = property
        read = { text, subject throws(TunableFlaw) in
            let reading = try codec.read(text)
            subject[keyPath: property] = reading.value
            return reading.note
        }
        write = { codec.write($0[keyPath: property]) }
        check = { subject throws(TunableFlaw) in try codec.check(subject[keyPath: property]) }
        setDefault = { subject in
            guard let defaultValue else { return false }
            subject[keyPath: property] = defaultValue
            return true
        }
    }

    func row(group: String) -> TunableRow {
        TunableRow(
            group: group, traits: traits, typeName: typeName, unit: unit, rule: rule,
            defaultText: traits.isSecret ? defaultText.map { _ in "" } : defaultText, values: values, range: range)
    }
}

/// Tunables under one heading of a document, in its order.
public struct TunableGroup<Subject: Sendable>: Sendable {
    /// The heading.
    public let title: String
    let fields: [TunableField<Subject>]

    /// Groups tunables.
    ///
    /// - Parameters:
    ///   - title: The heading in the document.
    ///   - fields: The tunables in the order of the document.
    public init(_ title: String, _ fields: [TunableField<Subject>]) {
        self.title = title
        self.fields = fields
    }
}
