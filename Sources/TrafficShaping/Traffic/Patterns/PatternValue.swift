import FaultModel

/// How a parameter of a pattern is read.
struct PatternValue<Value> {
    /// What it may be, half a sentence.
    let rule: String
    let read: (String) throws(TunableFlaw) -> Value
}

extension PatternValue where Value: TextQuantity {
    /// A rate or a size, by the grammar of `tc`.
    static var quantity: Self {
        PatternValue(rule: Value.rule) { text throws(TunableFlaw) in try Value.read(text) }
    }
}

extension PatternValue where Value == Duration {
    /// A length of time with its unit, up to a year.
    static var duration: Self { duration(from: .zero, to: DurationReader.longest) }
    /// A length of time with its unit, from a nanosecond up to a year.
    static var longDuration: Self { duration(from: .nanoseconds(1), to: DurationReader.longest) }

    /// A length of time with its unit.
    static func duration(from shortest: Duration, to longest: Duration) -> Self {
        let range = "from \(shortest.readableText) to \(longest.readableText)"
        return PatternValue(rule: "a length of time is a number with ns, us, ms, s, m or h behind it, \(range)") {
            text throws(TunableFlaw) in
            let length = try DurationReader.read(text)
            if length < shortest { throw TunableFlaw(hint: "the shortest is \(shortest.readableText)") }
            if length > longest { throw TunableFlaw(hint: "the longest is \(longest.readableText)") }
            return length
        }
    }
}

extension PatternValue where Value == Int {
    /// A whole number.
    static func whole(_ range: ClosedRange<Int>) -> Self {
        PatternValue(rule: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
            text throws(TunableFlaw) in
            guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw TunableFlaw() }
            guard let number = Int(text), range.contains(number) else { throw TunableFlaw() }
            return number
        }
    }
}

extension PatternValue where Value: CaseIterable & RawRepresentable<String> {
    /// One word of a few.
    static var choice: Self {
        let words = Value.allCases.map(\.rawValue)
        return PatternValue(rule: "one of \(words.joined(separator: ", "))") { text throws(TunableFlaw) in
            guard let value = Value(rawValue: text) else {
                throw TunableFlaw(hint: NearestName.find(text, in: words).map { "write \($0)" })
            }
            return value
        }
    }
}
