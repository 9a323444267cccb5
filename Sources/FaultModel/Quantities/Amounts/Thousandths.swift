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
