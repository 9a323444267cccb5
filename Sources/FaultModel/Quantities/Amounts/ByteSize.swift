/// A number of bytes, as in `32kb`, the way `tc` reads it.
///
/// Everything counts in powers of 1024, whatever the letters suggest elsewhere: `kb` is 1024 bytes, `mbit` is 131,072 bytes.
/// Units are those of `tc`, in any case: `b`, `k` and `kb`, `m` and `mb`, `g` and `gb`, `kbit`, `mbit`, `gbit`. A bare number
/// is bytes, and a fraction of a byte is cut off.
///
/// ```swift
/// let bucket: ByteSize = "32kb"
/// bucket.bytes  // 32768
/// bucket == .kibibytes(32)  // true
/// ```
///
/// The range is the kernel's: the queue limit and the size of a bucket for peaks are numbers of 32 bits.
public struct ByteSize: TextQuantity, Comparable {
    /// The number of bytes, at least 1.
    public let bytes: UInt32

    /// What documentation calls the type.
    public static let typeName = "size"
    /// The rule as half a sentence.
    public static let rule = "a size is a number of bytes, or with kb, mb or gb behind it, from 1 to 4294967295 bytes"

    /// Creates a size, or nothing when it lies out of range.
    ///
    /// - Parameter bytes: The number of bytes, 1 to 4,294,967,295.
    public init?(bytes: some BinaryInteger) {
        guard let value = UInt32(exactly: bytes), value >= 1 else { return nil }
        self.init(unchecked: value)
    }

    init(unchecked bytes: UInt32) {
        self.bytes = bytes
    }

    /// A size in bytes.
    ///
    /// - Parameter count: The number of bytes, 1 to 4,294,967,295.
    /// - Returns: The size.
    /// - Precondition: The size lies in range.
    public static func bytes(_ count: Int64) -> ByteSize { binary(count, times: 1, name: "bytes") }

    /// A size in units of 1024 bytes, which `tc` calls `kb`.
    ///
    /// - Parameter count: The number of kibibytes, 1 to 4,194,303.
    /// - Returns: The size.
    /// - Precondition: The size lies in range.
    public static func kibibytes(_ count: Int64) -> ByteSize { binary(count, times: 1024, name: "kibibytes") }

    /// A size in units of 1,048,576 bytes, which `tc` calls `mb`.
    ///
    /// - Parameter count: The number of mebibytes, 1 to 4095.
    /// - Returns: The size.
    /// - Precondition: The size lies in range.
    public static func mebibytes(_ count: Int64) -> ByteSize { binary(count, times: 1_048_576, name: "mebibytes") }

    private static func binary(_ count: Int64, times unit: Int64, name: StaticString) -> ByteSize {
        precondition(
            count >= 1 && count <= Int64(UInt32.max) / unit,
            "\(name)(\(count)): a size lies between 1 and 4294967295 bytes")
        return ByteSize(unchecked: UInt32(count * unit))
    }

    /// Reads a size.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The size.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        let parts = try UnitNumber(text, example: "32kb")
        guard let unit = units[parts.unit] else { throw flaw(of: parts) }
        let bytes = parts.number * unit
        if bytes < 1 { throw TunableFlaw(message: "this is less than a byte", hint: "the smallest is 1") }
        if bytes >= Double(UInt32.max) + 1 {
            throw TunableFlaw(message: "the kernel keeps sizes in 32 bits", hint: "the largest is \(UInt32.max)")
        }
        // The conversion cuts the fraction off. The functions that round belong to the C library's mathematics, which a
        // program that imports nothing else is not linked with.
        return Self(unchecked: UInt32(bytes))
    }

    /// Warns of units of bits, and of a fraction that was cut off.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when the text says in bytes what it means.
    public static func note(on text: String, readAs value: Self) -> String? {
        guard let parts = try? UnitNumber(text, example: ""), let unit = units[parts.unit] else { return nil }
        if parts.unit.hasSuffix("bit") {
            return "as a size \(parts.unit) counts in powers of 1024, \(value.readableText)"
        }
        return parts.number * unit == Double(value.bytes) ? nil : "whole bytes count: \(value)"
    }

    /// The size in the largest unit that loses nothing, as in `32kb` or `1540`.
    public var text: String {
        for (power, name) in [(30, "gb"), (20, "mb"), (10, "kb")] where bytes.trailingZeroBitCount >= power {
            return "\(bytes >> power)\(name)"
        }
        return String(bytes)
    }

    /// The size for people, as in `32 KiB` or `1540 B`.
    package var readableText: String {
        for (power, name) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where bytes.trailingZeroBitCount >= power {
            return "\(bytes >> power) \(name)"
        }
        return "\(bytes) B"
    }

    /// Whether the first size is smaller than the second.
    public static func < (smaller: ByteSize, larger: ByteSize) -> Bool {
        smaller.bytes < larger.bytes
    }

    private static let units: [String: Double] = [
        "": 1, "b": 1, "k": 1024, "kb": 1024, "m": 1_048_576, "mb": 1_048_576, "g": 1_073_741_824,
        "gb": 1_073_741_824, "kbit": 128, "mbit": 131_072, "gbit": 134_217_728,
    ]

    private static func flaw(of parts: UnitNumber) -> TunableFlaw {
        let unit = parts.unit
        let halves = unit.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if halves.count == 2, units[String(halves[0])] != nil, halves[1].utf8.allSatisfy(\.isDigit) {
            return TunableFlaw(
                message: "the part after '/' sizes a table that the kernel no longer needs",
                hint: "write the size alone, \(parts.digits)\(halves[0])")
        }
        if ["kib", "mib", "gib", "ki", "mi", "gi"].contains(unit), let letter = unit.first {
            return TunableFlaw(
                message: "'\(unit)' is no unit here",
                hint: "write \(parts.digits)\(letter)b, which counts in powers of 1024")
        }
        if RateUnit(unit) != nil {
            return TunableFlaw(message: "'\(unit)' is a unit of rate", hint: "for a size write kb, mb or gb")
        }
        return TunableFlaw(
            message: "'\(unit.printable())' is no unit of size",
            hint: "write a number of bytes, or kb, mb or gb behind it")
    }
}
