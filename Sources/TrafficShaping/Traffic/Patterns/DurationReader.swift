import FaultModel

/// Reads lengths of time as people type them: `10s`, `1.5ms`, `200us`.
enum DurationReader {
    private static let units: [(name: Substring, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ]
    /// A year: longer than any traffic that somebody simulates, and far from the end of the numbers.
    static let longest: Duration = .seconds(365 * 24 * 3600)

    /// The length that a text stands for, rounded down to nanoseconds.
    ///
    /// - Parameter text: The text.
    /// - Returns: The length, 0 or more.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    static func read(_ text: String) throws(TunableFlaw) -> Duration {
        let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
        let name = text[digits.endIndex...]
        if name.isEmpty, !digits.isEmpty {
            throw TunableFlaw(message: "the unit is missing", hint: "write \(digits)s or \(digits)ms")
        }
        guard let unit = units.first(where: { $0.name == name }), let number = number(digits) else {
            throw TunableFlaw(hint: "write it as in 10s or 20ms")
        }
        // Nine decimals of a thousand million hours fit into 128 bits; whatever is beyond the clock is too long anyway.
        return .nanoseconds(Int64(clamping: number * Int128(unit.nanoseconds) / billion))
    }

    private static let billion: Int128 = 1_000_000_000

    /// A decimal number in thousand-millionths, with nine digits before the point and after it at most.
    private static func number(_ digits: Substring) -> Int128? {
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, (1...9).contains(whole.count), let units = Int128(whole)
        else { return nil }
        guard parts.count == 2 else { return units * billion }
        guard (1...9).contains(parts[1].count), let fraction = Int128(parts[1]) else { return nil }
        var scaled = fraction
        for _ in parts[1].count..<9 { scaled *= 10 }
        return units * billion + scaled
    }
}
