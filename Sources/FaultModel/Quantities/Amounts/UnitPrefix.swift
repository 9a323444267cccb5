/// What stands before `bit` or `bps` in a unit: a power of 1000 or, with an `i`, of 1024.
struct UnitPrefix {
    /// As written in a unit, as in `m` or `mi`.
    let letters: String
    /// As spoken, as in `mega` or `mebi`.
    let name: String
    /// How many units it stands for; exact.
    let factor: Double

    /// The prefix with these letters, in lower case.
    init?(_ letters: Substring) {
        guard let row = Self.rows.first(where: { $0.letters == letters }) else { return nil }
        (self.letters, name, factor) = row
    }

    private static let rows: [(letters: String, name: String, factor: Double)] = [
        ("k", "kilo", 1e3), ("m", "mega", 1e6), ("g", "giga", 1e9), ("t", "tera", 1e12),
        ("ki", "kibi", 1024), ("mi", "mebi", 1_048_576), ("gi", "gibi", 1_073_741_824),
        ("ti", "tebi", 1_099_511_627_776),
    ]
}

/// Numbers for people: at most three decimals.
enum Thousandths {
    /// An amount in a unit, rounded to the nearest thousandth of it.
    ///
    /// - Parameters:
    ///   - amount: The amount, below 2^53.
    ///   - unit: The unit in the same measure, at least 1.
    /// - Returns: The number without the unit, as in `1.5`.
    static func text(of amount: UInt64, in unit: UInt64) -> String {
        let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
        let thousandths = (rest.multipliedFullWidth(by: 1000).low + unit / 2) / unit
        if thousandths == 0 { return String(whole) }
        if thousandths == 1000 { return String(whole + 1) }
        var decimals = String(thousandths)
        decimals = String(repeating: "0", count: 3 - decimals.count) + decimals
        while decimals.last == "0" { decimals.removeLast() }
        return "\(whole).\(decimals)"
    }
}
