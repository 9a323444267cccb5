extension Collection where Element == Double {
    /// The middle one, or the mean of the two in the middle; `nil` of none.
    var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }
}

/// A number as tables show it: grouped by thousands, with so many digits behind the point.
func text(_ figure: Double?, digits: Int) -> String {
    guard let figure, figure.isFinite, figure.magnitude < 1e15 else { return "–" }
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    let whole = Int64((figure.magnitude * Double(scale)).rounded())
    var grouped = ""
    for (place, digit) in String(whole / scale).reversed().enumerated() {
        if place > 0, place.isMultiple(of: 3) { grouped.append(",") }
        grouped.append(digit)
    }
    let fraction = String(whole % scale)
    let sign = figure < 0 && whole > 0 ? "-" : ""
    return sign + String(grouped.reversed())
        + (digits == 0 ? "" : "." + String(repeating: "0", count: digits - fraction.count) + fraction)
}
