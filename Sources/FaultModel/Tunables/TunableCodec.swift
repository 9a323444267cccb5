/// How the values of a tunable are read, written and judged.
///
/// A codec knows a type, not a tunable: `PROXY_PORT` and `TARGET_SERVICE_PORT` share one. Reading what was written gives an
/// equal value.
public struct TunableCodec<Value: Sendable>: Sendable {
    /// What was read from a text.
    public struct Reading: Sendable {
        /// The value.
        public let value: Value
        /// What was forgiven on the way, half a sentence.
        public let note: String?

        /// Reports a value.
        ///
        /// - Parameters:
        ///   - value: The value.
        ///   - note: What was forgiven on the way, half a sentence.
        public init(_ value: Value, note: String? = nil) {
            self.value = value
            self.note = note
        }
    }

    /// What documentation calls the type, as in `percentage`.
    public let typeName: String
    /// The unit of the number on the wire, if it is one.
    public let unit: String?
    /// What a legal value is, as half a sentence that can follow a key and its value.
    public let rule: String
    /// Whether white space around the text is dropped, with a note, before it is read.
    public let ignoresOuterSpace: Bool
    /// The documented texts in their order, when there are only a few; a form offers them as a choice.
    public let values: [String]?
    /// The legal numbers, when the text is one whole number and each of them is legal.
    public let range: ClosedRange<Int>?

    let read: @Sendable (String) throws(TunableFlaw) -> Reading
    let write: @Sendable (Value) -> String
    let check: @Sendable (Value) throws(TunableFlaw) -> Void

    /// Describes a type.
    ///
    /// - Parameters:
    ///   - typeName: What documentation calls the type.
    ///   - unit: The unit of the number on the wire, if it is one.
    ///   - rule: What a legal value is, half a sentence.
    ///   - ignoresOuterSpace: Whether white space around the text is dropped, with a note; not for passwords.
    ///   - values: The documented texts, when there are only a few.
    ///   - range: The legal numbers, when the text is one whole number and each of them is legal.
    ///   - read: Makes a value from a text; the text is never trimmed further by the caller.
    ///   - write: Makes the text that gives an equal value when read.
    ///   - check: Throws when a value that did not come from a text breaks the rule; not needed when the type itself keeps it.
    public init(
        typeName: String,
        unit: String? = nil,
        rule: String,
        ignoresOuterSpace: Bool = true,
        values: [String]? = nil,
        range: ClosedRange<Int>? = nil,
        read: @escaping @Sendable (String) throws(TunableFlaw) -> Reading,
        write: @escaping @Sendable (Value) -> String,
        check: @escaping @Sendable (Value) throws(TunableFlaw) -> Void = { _ throws(TunableFlaw) in }
    ) {
        self.typeName = typeName
        self.unit = unit
        self.rule = rule
        self.ignoresOuterSpace = ignoresOuterSpace
        self.values = values
        self.range = range
        self.read = read
        self.write = write
        self.check = check
    }
}
