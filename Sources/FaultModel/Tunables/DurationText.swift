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

    /// A length for people, in the largest unit that leaves no small fraction, as in `1 h 30 min` or `16.777 s`.
    static func readable(_ length: Duration) -> String {
        let sign = length < .zero ? "-" : ""
        let nanoseconds = length.wholeNanoseconds.magnitude
        let thousandths: (UInt64, String) -> String = { unit, name in
            // Rounded to the nearest thousandth of the unit, ties up.
            let (rounded, overflow) = nanoseconds.addingReportingOverflow(unit / 2000)
            let count = Duration.milliseconds(Int64((overflow ? nanoseconds : rounded) / max(1, unit / 1000)))
            return sign + decimal(count, in: .seconds(1)) + " " + name
        }
        switch nanoseconds {
        case 0: return "0 s"
        case ..<1_000: return "\(sign)\(nanoseconds) ns"
        case ..<1_000_000: return thousandths(1_000, "us")
        case ..<1_000_000_000: return thousandths(1_000_000, "ms")
        case ..<120_000_000_000: return thousandths(1_000_000_000, "s")
        default:
            let seconds = nanoseconds / 1_000_000_000
            let parts = [
                (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
            ]
            return sign + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
        }
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

extension Duration {
    /// The length for people, as in `1 h 30 min` or `16.777 s`.
    package var readableText: String { DurationText.readable(self) }
}
