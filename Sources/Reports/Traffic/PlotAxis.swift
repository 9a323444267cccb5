/// The scale of a plot: where round numbers stand, and how they are written.
struct PlotAxis {
    /// A unit of the scale.
    typealias Unit = (name: String, amount: Double)

    /// The end of the scale, in the measure of the values.
    let end: Double
    /// The unit in which numbers are written.
    let unit: String
    /// The round numbers from 0 on, in the measure of the values, each with its text.
    let ticks: [(value: Double, text: String)]

    /// Finds round numbers.
    ///
    /// - Parameters:
    ///   - end: The end of the scale, above 0.
    ///   - units: The units to choose from, smallest first.
    ///   - count: The most steps between round numbers.
    init(to end: Double, units: [Unit], count: Int) {
        let unit = units.last { $0.amount <= end } ?? units[0]
        self.end = end
        self.unit = unit.name
        // Steps of 1, 2 and 5 with zeros before or behind; a thousandth of the smallest unit is fine enough.
        var mantissa = 1
        var decimals = 3
        var scale = 0.001
        while end / unit.amount > Double(mantissa * count) * scale {
            switch mantissa {
            case 1: mantissa = 2
            case 2: mantissa = 5
            default:
                mantissa = 1
                decimals -= 1
                scale *= 10
            }
        }
        let step = Double(mantissa) * scale
        ticks = (0...Int(end / unit.amount / step + 1e-9)).map { index in
            (Double(index) * step * unit.amount, Self.text(index * mantissa, decimals: decimals))
        }
    }

    /// A whole number of tenths, hundredths and so on; with a negative number of decimals, of tens, hundreds and so on.
    private static func text(_ number: Int, decimals: Int) -> String {
        guard number > 0 else { return "0" }
        guard decimals > 0 else { return String(number) + String(repeating: "0", count: -decimals) }
        let digits = String(number)
        let filled = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return filled.dropLast(decimals) + "." + filled.suffix(decimals)
    }

    /// Rates, in bits per second.
    static let rates: [Unit] = [
        ("bit/s", 1), ("kbit/s", 1e3), ("Mbit/s", 1e6), ("Gbit/s", 1e9), ("Tbit/s", 1e12),
    ]
    /// Sizes, in bytes.
    static let sizes: [Unit] = [("B", 1), ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824)]
    /// Lengths of time, in nanoseconds; minutes and hours from the point where they are easier to read.
    static let times: [Unit] = [("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)]
    /// Lengths of time beyond a quarter of an hour.
    static let longTimes: [Unit] = [("min", 60e9), ("h", 3600e9)]
}
