extension Comparison where Value == Int {
    /// Reads a comparison with one whole number as probe documents write it.
    ///
    /// - Parameters:
    ///   - criteria: `==`, `!=`, `<`, `<=`, `>` or `>=`.
    ///   - value: The number: ASCII digits, with a minus sign at most.
    /// - Throws: ``InvalidComparison`` with what is expected in place of a text that is none; nothing is read as 0.
    public init(criteria: String, value: String) throws(InvalidComparison) {
        self = try Self.read(criteria, value, StrictNumber.whole)
    }

    /// Reads a comparison with several whole numbers as probe documents write it.
    ///
    /// - Parameters:
    ///   - criteria: `oneOf`, or `between` with both ends included.
    ///   - values: The numbers: at least one, for `between` the lower and the upper end.
    /// - Throws: ``InvalidComparison`` with what is expected in place of a text that is none; nothing is read as 0.
    public init(criteria: String, values: [String]) throws(InvalidComparison) {
        self = try Self.read(criteria, values, StrictNumber.whole)
    }
}

extension Comparison where Value == Double {
    /// Reads a comparison with one decimal number as probe documents write it.
    ///
    /// - Parameters:
    ///   - criteria: `==`, `!=`, `<`, `<=`, `>` or `>=`.
    ///   - value: The number, as in `0.5` or `1e-3`; neither `nan` nor `inf` nor `0x10`.
    /// - Throws: ``InvalidComparison`` with what is expected in place of a text that is none; nothing is read as 0.
    public init(criteria: String, value: String) throws(InvalidComparison) {
        self = try Self.read(criteria, value, StrictNumber.decimal)
    }

    /// Reads a comparison with several decimal numbers as probe documents write it.
    ///
    /// - Parameters:
    ///   - criteria: `oneOf`, or `between` with both ends included.
    ///   - values: The numbers: at least one, for `between` the lower and the upper end.
    /// - Throws: ``InvalidComparison`` with what is expected in place of a text that is none; nothing is read as 0.
    public init(criteria: String, values: [String]) throws(InvalidComparison) {
        self = try Self.read(criteria, values, StrictNumber.decimal)
    }
}

extension Comparison {
    private static var scalars: [(word: String, make: (Value) -> Self)] {
        [
            ("==", { .equal(to: $0) }), ("!=", { .notEqual(to: $0) }), ("<", { .less(than: $0) }),
            ("<=", { .atMost($0) }), (">", { .greater(than: $0) }), (">=", { .atLeast($0) }),
        ]
    }

    fileprivate static func read(
        _ criteria: String, _ value: String, _ number: (String) throws(InvalidComparison) -> Value
    ) throws(InvalidComparison) -> Self {
        if let scalar = scalars.first(where: { $0.word == criteria }) { return scalar.make(try number(value)) }
        throw CriteriaWord(criteria).refusal(scalars: scalars.map(\.word), lists: ["oneOf", "between"], isList: false)
    }

    fileprivate static func read(
        _ criteria: String, _ values: [String], _ number: (String) throws(InvalidComparison) -> Value
    ) throws(InvalidComparison) -> Self {
        let word = CriteriaWord(criteria)
        guard ["oneOf", "between"].contains(word.text) else {
            throw word.refusal(scalars: scalars.map(\.word), lists: ["oneOf", "between"], isList: true)
        }
        var numbers: [Value] = []
        for value in values { numbers.append(try number(value)) }
        guard word.text == "between" else { return .oneOf(try word.filled(numbers)) }
        guard numbers.count == 2 else {
            throw InvalidComparison(criteria, "two values are expected, lower and upper end, not \(values.count)")
        }
        guard numbers[0] <= numbers[1] else {
            throw InvalidComparison(criteria, "the lower end comes first: \(numbers[0]) is more than \(numbers[1])")
        }
        return .between(numbers[0]...numbers[1])
    }
}
