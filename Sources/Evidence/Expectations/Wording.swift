/// Small pieces of English for sentences with figures.
package enum Wording {
    /// A number with its noun, as in `no reset`, `1 reset`, `9 resets`.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - noun: The noun in its singular form; its plural ends in `s`.
    /// - Returns: The number and the noun.
    package static func count(_ number: Int, _ noun: String) -> String {
        switch number {
        case 0: "no \(noun)"
        case 1: "1 \(noun)"
        default: "\(number) \(noun)s"
        }
    }

    /// The past form of *to be* that agrees with a number of things.
    ///
    /// - Parameter number: The number.
    /// - Returns: `was` for none and one, as ``count(_:_:)`` words them, and `were` for more.
    package static func were(_ number: Int) -> String { number <= 1 ? "was" : "were" }

    /// A length of time with up to three digits after the point, as in `512 ms` or `6.2 s`; rounded down.
    ///
    /// - Parameter length: The length of time.
    /// - Returns: The length in the largest unit that leaves a whole part, from ns to s.
    package static func length(_ length: Duration) -> String {
        let (seconds, attoseconds) = length.components
        guard seconds >= 0, attoseconds >= 0 else { return "-" + self.length(.zero - length) }
        if seconds > 0 { return decimal(seconds, thousandths: attoseconds / 1_000_000_000_000_000) + " s" }
        let nanoseconds = attoseconds / 1_000_000_000
        if nanoseconds >= 1_000_000 {
            return decimal(nanoseconds / 1_000_000, thousandths: nanoseconds / 1000 % 1000) + " ms"
        }
        if nanoseconds >= 1000 { return decimal(nanoseconds / 1000, thousandths: nanoseconds % 1000) + " µs" }
        return "\(nanoseconds) ns"
    }

    /// A number of bytes with one digit after the point, as in `950 bytes` or `10.5 MB`; rounded down.
    ///
    /// - Parameter number: The number, 0 or more.
    /// - Returns: The number in the largest unit that leaves a whole part; units are powers of 1000, as rates have them.
    package static func bytes(_ number: Int64) -> String {
        for (unit, name) in [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")] as [(Int64, String)]
        where number >= unit {
            return "\(number / unit).\(number / (unit / 10) % 10) \(name)"
        }
        return number == 1 ? "1 byte" : "\(number) bytes"
    }

    /// Words in a list, as in `1, 2 and 3`.
    ///
    /// - Parameter words: The words.
    /// - Returns: The words with commas between them and `and` before the last.
    package static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    private static func decimal(_ whole: Int64, thousandths: Int64) -> String {
        guard thousandths > 0 else { return "\(whole)" }
        var digits = String(1000 + thousandths).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
