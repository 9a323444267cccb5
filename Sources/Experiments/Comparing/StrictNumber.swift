/// Reads the numbers of probe documents.
///
/// Only ASCII digits count, and what is no number is an error. Tools that read such a text as 0 compare with a value that
/// nobody wrote.
enum StrictNumber {
    static func whole(_ text: String) throws(InvalidComparison) -> Int {
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        guard takeDigits(from: &rest), rest.isEmpty else {
            throw InvalidComparison(text, "a whole number is expected, as in 200 or -1")
        }
        guard let number = Int(text) else {
            throw InvalidComparison(text, "a whole number from \(Int.min) to \(Int.max) is expected")
        }
        return number
    }

    static func decimal(_ text: String) throws(InvalidComparison) -> Double {
        guard isDecimal(text.utf8[...]), let number = Double(text) else {
            throw InvalidComparison(text, "a decimal number is expected, as in 0.5, -3 or 1e-3")
        }
        guard number.isFinite else {
            throw InvalidComparison(text, "the number is too large: at most \(Double.greatestFiniteMagnitude)")
        }
        return number
    }

    /// Whether the text is digits, with a sign, a fraction and an exponent at most: no `nan`, no `inf`, no `0x`.
    private static func isDecimal(_ text: Substring.UTF8View) -> Bool {
        var rest = text
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        guard takeDigits(from: &rest) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard takeDigits(from: &rest) else { return false }
        }
        if let first = rest.first, first | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
            guard takeDigits(from: &rest) else { return false }
        }
        return rest.isEmpty
    }

    private static func takeDigits(from rest: inout Substring.UTF8View) -> Bool {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest.removeFirst(digits.count)
        return !digits.isEmpty
    }
}
