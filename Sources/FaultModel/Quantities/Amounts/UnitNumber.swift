/// A number with a unit behind it, as `tc` writes rates and sizes: `1.5mbit`, `32kb`.
///
/// The number is a decimal one. What C reads beside that, as hexadecimal digits, `inf` and `nan`, nobody means, and neither
/// a sign nor white space belongs here.
struct UnitNumber {
    /// The number, finite and not negative.
    let number: Double
    /// The number as it was written.
    let digits: Substring
    /// What follows the number, in lower case.
    let unit: String

    /// Takes a text apart.
    ///
    /// - Parameters:
    ///   - text: The text, not trimmed.
    ///   - example: A right text, for hints.
    /// - Throws: A flaw that says why the text is no number with a unit.
    init(_ text: String, example: String) throws(TunableFlaw) {
        guard let first = text.utf8.first else {
            throw TunableFlaw(message: "the value is empty", hint: "write a number with its unit, as in \(example)")
        }
        if first == UInt8(ascii: "-") { throw TunableFlaw(message: "the value is negative") }
        if first == UInt8(ascii: "+") {
            throw TunableFlaw(message: "the number has no sign", hint: "write \(text.dropFirst())")
        }
        let solid = String(text.filter { !$0.utf8.allSatisfy(\.isWhiteSpace) })
        if solid != text {
            throw TunableFlaw(message: "a space stands in the value", hint: "write \(solid)")
        }
        digits = text[..<Self.endOfNumber(text)]
        guard let number = Double(digits), number.isFinite else { throw TunableFlaw() }
        self.number = number
        unit = text[digits.endIndex...].lowercased()
        if unit.first == "x" { throw TunableFlaw(message: "the number is not decimal") }
    }

    /// Digits, a point and more digits, and an exponent if digits follow its letter.
    private static func endOfNumber(_ text: String) -> String.Index {
        let bytes = text.utf8
        let skipDigits = { (start: String.Index) in
            bytes[start...].firstIndex { !$0.isDigit } ?? bytes.endIndex
        }
        var end = skipDigits(bytes.startIndex)
        if end < bytes.endIndex, bytes[end] == UInt8(ascii: ".") { end = skipDigits(bytes.index(after: end)) }
        guard end < bytes.endIndex, "eE".utf8.contains(bytes[end]) else { return end }
        var exponent = bytes.index(after: end)
        if exponent < bytes.endIndex, "+-".utf8.contains(bytes[exponent]) { exponent = bytes.index(after: exponent) }
        let exponentEnd = skipDigits(exponent)
        return exponentEnd == exponent ? end : exponentEnd
    }
}
