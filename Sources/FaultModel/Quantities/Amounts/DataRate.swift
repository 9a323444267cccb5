/// A data rate, as in `1mbit`, the way `tc` reads and the Linux kernel keeps it.
///
/// The kernel counts whole bytes per second, and so does this type: a fraction of a byte is cut off, as `tc` does. Units are
/// those of `tc`, in any case: `bit`, `kbit`, `mbit`, `gbit`, `tbit` in powers of 1000, `kibit` … `tibit` in powers of 1024,
/// and `bps`, `kbps`, `kibps` … for *bytes* per second. A bare number is bits per second.
///
/// ```swift
/// let cap: DataRate = "1.5mbit"
/// cap.bytesPerSecond  // 187500
/// cap == .kilobits(1500)  // true
/// ```
///
/// `tc` reads some texts that nobody means: signs, hexadecimal numbers, `nan`, `inf`, less than a byte per second. They are
/// refused, and so is a percentage, which depends on a device.
public struct DataRate: TextQuantity, Comparable {
    /// The rate in bytes per second, 1 to 125,000,000,000,000.
    public let bytesPerSecond: UInt64

    /// What documentation calls the type.
    public static let typeName = "rate"
    /// The rule as half a sentence.
    public static let rule = "a rate is a number with bit, kbit, mbit, gbit or tbit behind it, from 8bit to 1000tbit"

    /// 1000 tbit: far beyond any link, and every smaller rate is exact in the floating-point numbers of `tc`.
    static let largest: UInt64 = 125_000_000_000_000

    /// Creates a rate, or nothing when it lies out of range.
    ///
    /// - Parameter bytesPerSecond: Bytes per second, 1 to 125,000,000,000,000 (1000 tbit).
    public init?(bytesPerSecond: some BinaryInteger) {
        guard let value = UInt64(exactly: bytesPerSecond), (1...Self.largest).contains(value) else { return nil }
        self.init(unchecked: value)
    }

    init(unchecked bytesPerSecond: UInt64) {
        self.bytesPerSecond = bytesPerSecond
    }

    /// The rate in bits per second, 8 to 10^15.
    public var bitsPerSecond: UInt64 { bytesPerSecond * 8 }

    /// A rate in kilobits per second.
    ///
    /// - Parameter count: Thousands of bits per second, 1 to 1,000,000,000,000.
    /// - Returns: The rate.
    /// - Precondition: The rate lies in range.
    public static func kilobits(_ count: Int64) -> DataRate { decimal(count, times: 125, name: "kilobits") }

    /// A rate in megabits per second.
    ///
    /// - Parameter count: Millions of bits per second, 1 to 1,000,000,000.
    /// - Returns: The rate.
    /// - Precondition: The rate lies in range.
    public static func megabits(_ count: Int64) -> DataRate { decimal(count, times: 125_000, name: "megabits") }

    /// A rate in gigabits per second.
    ///
    /// - Parameter count: Thousands of millions of bits per second, 1 to 1,000,000.
    /// - Returns: The rate.
    /// - Precondition: The rate lies in range.
    public static func gigabits(_ count: Int64) -> DataRate { decimal(count, times: 125_000_000, name: "gigabits") }

    private static func decimal(_ count: Int64, times unit: UInt64, name: StaticString) -> DataRate {
        precondition(
            count >= 1 && count.magnitude <= largest / unit,
            "\(name)(\(count)): a rate lies between 1 byte per second and 1000 terabits per second")
        return DataRate(unchecked: count.magnitude * unit)
    }

    /// Reads a rate.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The rate.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        let parts = try UnitNumber(text, example: "1mbit")
        guard let unit = RateUnit(parts.unit) else { throw RateUnit.flaw(of: parts) }
        let bytes = unit.bytesPerSecond(parts.number)
        if bytes < 1 {
            let isBare = parts.unit.isEmpty && parts.number > 0
            throw TunableFlaw(
                message: "this is less than a byte per second",
                hint: isBare
                    ? "a number without a unit is bits per second; write \(text)mbit" : "the smallest is 8bit")
        }
        if bytes >= Double(largest) + 1 {
            throw TunableFlaw(message: "this is more than any link can carry", hint: "the largest is 1000tbit")
        }
        return Self(unchecked: UInt64(bytes))
    }

    /// Warns of the units that are often mistaken, and of a fraction that was cut off.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when the text says in bits what it means.
    public static func note(on text: String, readAs value: Self) -> String? {
        guard let parts = try? UnitNumber(text, example: ""), let unit = RateUnit(parts.unit) else { return nil }
        return unit.note(on: parts, readAs: value)
    }

    /// The rate in the largest decimal unit of bits that loses nothing, as in `1500kbit`.
    public var text: String {
        var count = bitsPerSecond
        var prefixes = ["", "k", "m", "g", "t"][...]
        while prefixes.count > 1, count.isMultiple(of: 1000) {
            count /= 1000
            prefixes = prefixes.dropFirst()
        }
        return "\(count)\(prefixes.first ?? "")bit"
    }

    /// The rate for people, as in `1.5 Mbit/s`.
    package var readableText: String {
        let units: [(name: String, bits: UInt64)] = [
            ("Tbit/s", 1_000_000_000_000), ("Gbit/s", 1_000_000_000), ("Mbit/s", 1_000_000), ("kbit/s", 1000),
        ]
        guard let unit = units.first(where: { $0.bits <= bitsPerSecond }) else { return "\(bitsPerSecond) bit/s" }
        return "\(Thousandths.text(of: bitsPerSecond, in: unit.bits)) \(unit.name)"
    }

    /// Whether the first rate is slower than the second.
    public static func < (slower: DataRate, faster: DataRate) -> Bool {
        slower.bytesPerSecond < faster.bytesPerSecond
    }
}
