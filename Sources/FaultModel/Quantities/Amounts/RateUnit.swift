/// A unit of data rate as `tc` spells it.
struct RateUnit {
    private enum Measure {
        case bits
        case bytes
    }

    private let name: String
    private let measure: Measure
    private let prefix: UnitPrefix?
    /// Bits per second; a power of ten or two, exact in a `Double`.
    private let bits: Double

    /// The unit of a suffix in lower case; the empty one is bits.
    init?(_ name: String) {
        self.name = name
        let body: Substring
        if name.hasSuffix("bit") {
            measure = .bits
            body = name.dropLast(3)
        } else if name.hasSuffix("bps") {
            measure = .bytes
            body = name.dropLast(3)
        } else if name.isEmpty {
            measure = .bits
            body = ""
        } else {
            return nil
        }
        prefix = UnitPrefix(body)
        if prefix == nil, !body.isEmpty { return nil }
        bits = (measure == .bytes ? 8 : 1) * (prefix?.factor ?? 1)
    }

    /// The arithmetic of `tc`, of which the kernel gets the whole part.
    func bytesPerSecond(_ number: Double) -> Double { number * bits / 8 }

    /// What to say about a text that reads, but is often meant otherwise.
    func note(on parts: UnitNumber, readAs rate: DataRate) -> String? {
        if measure == .bytes {
            let spoken = prefix?.name ?? ""
            return """
                \(name) is \(spoken)bytes per second, \(rate); \
                for \(spoken)bits write \(parts.digits)\(name.dropLast(3))bit
                """
        }
        let isWhole = parts.number * bits == Double(rate.bitsPerSecond)
        switch (name.isEmpty, isWhole) {
        case (true, true): return "a bare number is bits per second"
        case (true, false): return "a bare number is bits per second, and whole bytes count: \(rate)"
        case (false, true): return nil
        case (false, false): return "whole bytes per second count: \(rate)"
        }
    }

    /// Why a suffix is no unit of rate.
    static func flaw(of parts: UnitNumber) -> TunableFlaw {
        let digits = parts.digits
        let unit = parts.unit
        if unit == "%" {
            return TunableFlaw(
                message: "a share of the device's speed is no rate", hint: "write the rate itself, as in 10mbit")
        }
        // `mbit/s` and `mbits` say the right thing in other words.
        let plain = unit.hasSuffix("/s") ? String(unit.dropLast(2)) : unit
        if plain.hasSuffix("bit") || plain.hasSuffix("bits") {
            let name = plain.hasSuffix("s") ? String(plain.dropLast()) : plain
            if RateUnit(name) != nil {
                return TunableFlaw(message: "'\(unit.printable())' is no unit", hint: "write \(digits)\(name)")
            }
        }
        let body = plain.hasSuffix("b") ? String(plain.dropLast()) : plain
        if let prefix = UnitPrefix(Substring(body)) {
            let letter = prefix.letters
            return TunableFlaw(
                message: "'\(unit)' is a unit of size",
                hint: """
                    for a rate write \(digits)\(letter)bit, or \(digits)\(letter)bps for \(prefix.name)bytes per second
                    """)
        }
        if plain == "b" {
            return TunableFlaw(
                message: "'\(unit)' is a unit of size",
                hint: "for a rate write \(digits)bit, or \(digits)bps for bytes per second")
        }
        return TunableFlaw(message: "'\(unit.printable())' is no unit of rate", hint: "write \(digits)mbit or the like")
    }
}
