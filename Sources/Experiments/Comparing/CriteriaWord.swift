import Evidence

/// A word of the probe documents for a way of comparing.
struct CriteriaWord {
    /// The word in its usual spelling.
    let text: String
    private let written: String

    /// Takes a word as written; the documents begin it with a small or a capital letter.
    init(_ written: String) {
        self.written = written
        text = written.prefix(1).lowercased() + written.dropFirst()
    }

    /// A list that has something in it.
    func filled<Value>(_ values: [Value]) throws(InvalidComparison) -> [Value] {
        guard !values.isEmpty else { throw InvalidComparison(written, "a list with at least one value is expected") }
        return values
    }

    /// Why the word does not stand where it stands.
    ///
    /// - Parameters:
    ///   - scalars: The words that take one value.
    ///   - lists: The words that take a list.
    ///   - isList: Whether a list was given.
    /// - Returns: The error.
    func refusal(scalars: [String], lists: [String], isList: Bool) -> InvalidComparison {
        if isList, scalars.contains(text) { return InvalidComparison(written, "takes one value, not a list") }
        if !isList, lists.contains(text) { return InvalidComparison(written, "takes a list of values, not one text") }
        return InvalidComparison(written, "unknown criteria; known are \(Wording.list(scalars + lists))")
    }
}
