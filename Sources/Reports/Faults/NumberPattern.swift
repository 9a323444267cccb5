/// Regular expressions for ranges of whole numbers, in the dialect that JSON Schema and everybody else understands.
///
/// A pattern matches the decimal text of every number of the range, without leading zeros and without a sign before a
/// positive number, and nothing else.
package enum NumberPattern {
    /// The pattern of a range.
    package static func matching(_ range: ClosedRange<Int>) -> String {
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

    /// Patterns for the numbers of each length; lengths of which every number is meant share one.
    private static func alternatives(from first: UInt, to last: UInt) -> [String] {
        var (before, after): ([String], [String]) = (first == 0 ? ["0"] : [], [])
        var whole: ClosedRange<Int>?
        var low = max(first, 1)
        while low <= last {
            let digits = Array(String(low))
            // The largest number with as many digits, unless the range ends before it.
            let nines = UInt(String(repeating: "9", count: digits.count)) ?? .max
            let high = min(nines, last)
            let isWhole = high == nines && digits[0] == "1" && digits.dropFirst().allSatisfy { $0 == "0" }
            if isWhole {
                whole = (whole?.lowerBound ?? digits.count)...digits.count
            } else if whole == nil {
                before += sameLength(digits, Array(String(high)))
            } else {
                after += sameLength(digits, Array(String(high)))
            }
            if high == last { break }
            low = high + 1
        }
        return before + (whole.map { ["[1-9]" + anyDigits($0.lowerBound - 1, $0.upperBound - 1)] } ?? []) + after
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
        if from <= to { parts.append(digit(from, to) + anyDigits(lowRest.count, lowRest.count)) }
        if endsInside { parts += sameLength(highRest.map { _ in "0" }, highRest).map { "\(last)\($0)" } }
        return parts
    }

    private static func digit(_ first: Character, _ last: Character) -> String {
        first == last ? "\(first)" : "[\(first)-\(last)]"
    }

    private static func anyDigits(_ fewest: Int, _ most: Int) -> String {
        switch (fewest, most) {
        case (0, 0): ""
        case (1, 1): "[0-9]"
        case _ where fewest == most: "[0-9]{\(most)}"
        default: "[0-9]{\(fewest),\(most)}"
        }
    }

    private static func next(_ digit: Character) -> Character { shifted(digit, by: 1) }
    private static func previous(_ digit: Character) -> Character { shifted(digit, by: -1) }

    private static func shifted(_ digit: Character, by step: Int) -> Character {
        Character(String((digit.wholeNumberValue ?? 0) + step))
    }
}
