/// The one declaration of a documented tunable that has a default.
///
/// Everything about the tunable comes from here: how it is read, its default in keys and in Swift, its rule in messages, its
/// row in the documentation, its text on export. A declaration knows no fault, so several faults can share it; a fault binds
/// it to a property in its schema.
public struct Tunable<Value: Sendable>: Sendable {
    /// What does not depend on the type of the value.
    public let traits: TunableTraits
    /// How values are read, written and judged.
    public let codec: TunableCodec<Value>
    /// The documented default.
    public let defaultValue: Value

    /// Declares a tunable.
    ///
    /// - Parameters:
    ///   - key: The documented key, as in `RESET_TIMEOUT`.
    ///   - codec: How values are read, written and judged.
    ///   - defaultValue: The documented default.
    ///   - layer: Where the tunable has a meaning.
    ///   - aliases: Other spellings of the key that are read with a note.
    ///   - isSecret: Whether the value must never be shown.
    ///   - hint: What to write instead of an illegal value, when the tunable knows better than its type.
    ///   - summary: What the tunable does, in one sentence.
    public init(
        _ key: String,
        _ codec: TunableCodec<Value>,
        default defaultValue: Value,
        layer: TunableLayer,
        aliases: [String] = [],
        isSecret: Bool = false,
        hint: String? = nil,
        summary: String
    ) {
        self.traits = TunableTraits(
            key: key, aliases: aliases, layer: layer, isSecret: isSecret, hint: hint, summary: summary)
        self.codec = codec
        self.defaultValue = defaultValue
    }

    /// The same tunable in a document with another default.
    ///
    /// - Parameter defaultValue: That document's default.
    /// - Returns: A declaration that differs in its default only.
    public func with(default defaultValue: Value) -> Tunable {
        Tunable(traits: traits, codec: codec, defaultValue: defaultValue)
    }

    private init(traits: TunableTraits, codec: TunableCodec<Value>, defaultValue: Value) {
        self.traits = traits
        self.codec = codec
        self.defaultValue = defaultValue
    }
}

/// The one declaration of a documented tunable that must be given.
public struct RequiredTunable<Value: Sendable>: Sendable {
    /// What does not depend on the type of the value.
    public let traits: TunableTraits
    /// How values are read, written and judged.
    public let codec: TunableCodec<Value>

    /// Declares a tunable without a default.
    ///
    /// - Parameters:
    ///   - key: The documented key, as in `VM_NAME`.
    ///   - codec: How values are read, written and judged.
    ///   - layer: Where the tunable has a meaning.
    ///   - aliases: Other spellings of the key that are read with a note.
    ///   - isSecret: Whether the value must never be shown.
    ///   - hint: What to write instead of an illegal value, when the tunable knows better than its type.
    ///   - summary: What the tunable does, in one sentence.
    public init(
        _ key: String,
        _ codec: TunableCodec<Value>,
        layer: TunableLayer,
        aliases: [String] = [],
        isSecret: Bool = false,
        hint: String? = nil,
        summary: String
    ) {
        self.traits = TunableTraits(
            key: key, aliases: aliases, layer: layer, isSecret: isSecret, hint: hint, summary: summary)
        self.codec = codec
    }
}
