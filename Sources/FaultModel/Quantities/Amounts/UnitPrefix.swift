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
