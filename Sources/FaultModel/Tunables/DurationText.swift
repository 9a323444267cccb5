/// Lengths of time as people write them.
enum DurationText {
    private static let units: [(suffix: String, length: Duration)] = [
        ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)), ("h", .seconds(3600)),
    ]

    /// A length in the manner of Go, as in `500ms`, `60s` or `1m30s`; nothing for any other text.
    static func read(_ text: String) -> Duration? {
        // Longer than any length of time a person writes, and short enough that the sum cannot overflow.
        guard text.utf8.count <= 64 else { return nil }
        var rest = Substring(text)
        var sum = Duration.zero
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isWholeNumber }
            guard (1...9).contains(digits.utf8.count), let number = Int(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            guard let unit = units.first(where: { $0.suffix == name }) else { return nil }
            rest = rest.dropFirst(name.count)
            sum += unit.length * number
        } while !rest.isEmpty
        return sum
    }

    /// A length as a decimal number of units, with as many decimals as it takes to lose nothing.
    static func decimal(_ length: Duration, in unit: Duration) -> String {
        let (whole, rest) = length.attoseconds.quotientAndRemainder(dividingBy: unit.attoseconds)
        if rest == 0 { return String(whole) }
        var decimals = String(rest.magnitude)
        decimals = String(repeating: "0", count: String(unit.attoseconds).count - 1 - decimals.count) + decimals
        while decimals.last == "0" { decimals.removeLast() }
        return (length < .zero ? "-" : "") + "\(whole.magnitude).\(decimals)"
    }
}
