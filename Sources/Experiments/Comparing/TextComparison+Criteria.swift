extension TextComparison {
    private static let scalars = ["equal", "notEqual", "contains", "notContains", "matches", "notMatches"]
    private static let lists = ["oneOf"]

    /// Reads a comparison with one text as probe documents write it.
    ///
    /// - Parameters:
    ///   - criteria: `equal`, `notEqual`, `contains`, `notContains`, `matches` or `notMatches`.
    ///   - value: The text or the pattern; commas in it mean nothing.
    /// - Throws: ``InvalidComparison`` for criteria that do not exist or take a list, and for a pattern that is no regular
    ///   expression.
    public init(criteria: String, value: String) throws(InvalidComparison) {
        let word = CriteriaWord(criteria)
        self =
            switch word.text {
            case "equal": .equal(to: value)
            case "notEqual": .notEqual(to: value)
            case "contains": .contains(value)
            case "notContains": .doesNotContain(value)
            case "matches": try .matches(pattern: value)
            case "notMatches": try .doesNotMatch(pattern: value)
            default: throw word.refusal(scalars: Self.scalars, lists: Self.lists, isList: false)
            }
    }

    /// Reads a comparison with several texts as probe documents write it.
    ///
    /// - Parameters:
    ///   - criteria: `oneOf`.
    ///   - values: The texts, at least one.
    /// - Throws: ``InvalidComparison`` for criteria that do not exist or take one text, and for an empty list.
    public init(criteria: String, values: [String]) throws(InvalidComparison) {
        let word = CriteriaWord(criteria)
        guard word.text == "oneOf" else {
            throw word.refusal(scalars: Self.scalars, lists: Self.lists, isList: true)
        }
        self = .oneOf(try word.filled(values))
    }
}
