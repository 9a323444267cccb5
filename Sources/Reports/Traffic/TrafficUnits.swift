import FaultModel
import TrafficShaping

/// Figures of traffic for people: three digits, and a unit that suits them.
///
/// Rates count in powers of 1000 and sizes in powers of 1024, as the tunables do.
enum TrafficUnits {
    /// A rate, as in `1.01 Mbit/s`.
    static func rate(_ rate: MeasuredRate) -> String { self.rate(bitsPerSecond: rate.bitsPerSecond) }

    /// A rate, as in `1.01 Mbit/s`.
    static func rate(bitsPerSecond bits: UInt64) -> String { threeDigits(bits, rates) }

    /// A size, as in `2.03 MiB`; below 1 KiB exactly, as in `60 B`.
    static func size(_ bytes: UInt64) -> String { threeDigits(bytes, sizes) }

    /// A length of time, as in `419 µs` or `16.8 s`; from two minutes on in minutes and seconds.
    static func time(_ length: Duration) -> String {
        length < .seconds(120) ? threeDigits(UInt64(clamping: length.wholeNanoseconds), times) : length.readableText
    }

    /// A share, as in `20.4 %`; a part that is not nothing and not all does not look so.
    static func share(_ part: UInt64, of whole: UInt64) -> String {
        guard whole > 0, part > 0 else { return "0 %" }
        if part == whole { return "100 %" }
        let thousandths = (UInt128(part) * 1000 + UInt128(whole) / 2) / UInt128(whole)
        if thousandths == 0 { return "less than 0.1 %" }
        if thousandths == 1000 { return part < whole ? "more than 99.9 %" : "100 %" }
        return "\(decimal(thousandths, tenfold: 1)) %"
    }

    /// How many times one amount is another, as in `3.5`.
    static func ratio(_ amount: UInt64, _ other: UInt64) -> String {
        let tenths = (UInt128(amount) * 10 + UInt128(other) / 2) / UInt128(max(1, other))
        return tenths < 100 ? decimal(tenths, tenfold: 1) : String((tenths + 5) / 10)
    }

    private typealias Units = [(name: String, amount: UInt64)]

    private static func threeDigits(_ value: UInt64, _ units: Units) -> String {
        let place = units.lastIndex { $0.amount <= value } ?? 0
        let unit = units[place]
        let whole = value / unit.amount
        let decimals = unit.amount == 1 || whole >= 100 ? 0 : whole >= 10 ? 1 : 2
        let scale: UInt128 = [1, 10, 100][decimals]
        let rounded = (UInt128(value) * scale + UInt128(unit.amount) / 2) / UInt128(unit.amount)
        // What is rounded up to the next unit is written in that one.
        if place + 1 < units.count, rounded * UInt128(unit.amount) >= UInt128(units[place + 1].amount) * scale {
            return "1 \(units[place + 1].name)"
        }
        return "\(decimal(rounded, tenfold: decimals)) \(unit.name)"
    }

    /// A number of tenths or hundredths, without zeros at the end.
    private static func decimal(_ number: UInt128, tenfold decimals: Int) -> String {
        var digits = String(number)
        guard decimals > 0 else { return digits }
        digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = digits.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        return digits.dropLast(decimals) + (fraction.isEmpty ? "" : ".\(fraction)")
    }

    private static let rates: Units = [
        ("bit/s", 1), ("kbit/s", 1000), ("Mbit/s", 1_000_000), ("Gbit/s", 1_000_000_000), ("Tbit/s", 1_000_000_000_000),
    ]
    private static let sizes: Units = [
        ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("PiB", 1 << 50),
    ]
    private static let times: Units = [("ns", 1), ("µs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000)]
}
