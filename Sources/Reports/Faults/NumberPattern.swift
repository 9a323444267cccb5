/// Regular expressions for ranges of whole numbers, in the dialect that JSON Schema and everybody else understands.
///
/// A pattern matches the decimal text of every number of the range, without leading zeros and without a sign before a
/// positive number, and nothing else.
enum NumberPattern {
    /// The pattern of a range.
    static func matching(_ range: ClosedRange<Int>) -> String {
        var parts: [String] = []
        if range.lowerBound < 0 {
            let first = range.upperBound < 0 ? range.upperBound.magnitude : 1
            parts += alternatives(from: first, to: range.lowerBound.magnitude).map { "-" + $0 }
        }
        if range.upperBound >= 0 {
            parts += alternatives(from: UInt(max(0, range.lowerBound)), to: range.upperBound.magnitude)
        }
        return "^(?:\(parts.joined(separator: "|")))$"
    }

    /// Patterns for the numbers of each length.
    private static func alternatives(from first: UInt, to last: UInt) -> [String] {
        var parts: [String] = []
        var low = first
        while true {
            // The largest number with as many digits as `low`, unless the range ends before it.
            let nines = UInt(String(repeating: "9", count: String(low).utf8.count)) ?? .max
            let high = min(nines, last)
            parts += sameLength(Array(String(low)), Array(String(high)))
            if high == last { return parts }
            low = high + 1
        }
    }

    /// Patterns for the numbers between two of one length.
    private static func sameLength(_ low: [Character], _ high: [Character]) -> [String] {
        guard let first = low.first, let last = high.first else { return [""] }
        let (lowRest, highRest) = (Array(low.dropFirst()), Array(high.dropFirst()))
        if first == last { return sameLength(lowRest, highRest).map { "\(first)\($0)" } }
        // Whole decades in the middle, and at either end what is left of a decade that is not whole.
        var parts: [String] = []
        var (from, to) = (first, last)
        if !lowRest.allSatisfy({ $0 == "0" }) {
            parts += sameLength(lowRest, lowRest.map { _ in "9" }).map { "\(first)\($0)" }
            from = next(first)
        }
        let endsInside = !highRest.allSatisfy { $0 == "9" }
        if endsInside { to = previous(last) }
        if from <= to { parts.append(digit(from, to) + anyDigits(lowRest.count)) }
        if endsInside { parts += sameLength(highRest.map { _ in "0" }, highRest).map { "\(last)\($0)" } }
        return parts
    }

    private static func digit(_ first: Character, _ last: Character) -> String {
        first == last ? "\(first)" : "[\(first)-\(last)]"
    }

    private static func anyDigits(_ count: Int) -> String {
        switch count {
        case 0: ""
        case 1: "[0-9]"
        default: "[0-9]{\(count)}"
        }
    }

    private static func next(_ digit: Character) -> Character { shifted(digit, by: 1) }
    private static func previous(_ digit: Character) -> Character { shifted(digit, by: -1) }

    private static func shifted(_ digit: Character, by step: Int) -> Character {
        Character(String((digit.wholeNumberValue ?? 0) + step))
    }
}
