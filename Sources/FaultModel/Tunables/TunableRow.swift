/// A tunable as a line of documentation.
public struct TunableRow: Hashable, Sendable {
    /// The heading under which the document lists it.
    public let group: String
    /// Key, aliases, layer, secrecy and summary.
    public let traits: TunableTraits
    /// What the type is called.
    public let typeName: String
    /// The unit of the number on the wire, if it is one.
    public let unit: String?
    /// What a legal value is, half a sentence.
    public let rule: String
    /// The text of the documented default, which may be empty; absent when the tunable is required.
    public let defaultText: String?
    /// The documented texts in their order, when there are only a few.
    public let values: [String]?
    /// The legal numbers, when the text is one whole number and each of them is legal.
    public let range: ClosedRange<Int>?

    /// The documented key.
    public var key: String { traits.key }
    /// Whether the tunable must be given.
    public var isRequired: Bool { defaultText == nil }
}

/// A tunable with the value a fault has for it.
public struct ResolvedTunable: Hashable, Sendable {
    /// Where a value comes from.
    public enum Origin: Hashable, Sendable {
        /// The document's default.
        case documentedDefault
        /// It was set there. A value set to the default counts as set.
        case set(Place)
    }

    /// The line of documentation.
    public let row: TunableRow
    /// The value as an export writes it; absent when it is a secret.
    public let text: String?
    /// Where the value comes from.
    public let origin: Origin

    /// Whether the value was set to something that a proxy on loopback has to leave undone.
    public var isIgnoredByLocalProxy: Bool {
        origin != .documentedDefault && !row.traits.layer.appliesToLocalProxy
    }
}
