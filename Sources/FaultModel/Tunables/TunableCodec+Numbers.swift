extension TunableCodec where Value == Percentage {
    /// A whole percentage; a percent sign after it is forgiven.
    public static var percentage: Self {
        TunableCodec(
            typeName: "percentage",
            unit: "percent",
            rule: "a percentage is a whole number from 0 to 100",
            range: 0...100,
            read: { text throws(TunableFlaw) in
                let hasSign = text.utf8.last == UInt8(ascii: "%")
                let digits = hasSign ? text.dropLast().withoutOuterSpace : text
                let value = Percentage(unchecked: try WholeNumber.read(digits, in: 0...100))
                let note = "read as \(value.value); the documented form has no percent sign"
                return Reading(value, note: hasSign ? note : nil)
            },
            write: { String($0.value) })
    }
}

extension TunableCodec where Value == PortNumber {
    /// A TCP port.
    public static var port: Self {
        TunableCodec(
            typeName: "port",
            rule: "a port is a whole number from 1 to 65535",
            range: 1...65535,
            read: { text throws(TunableFlaw) in
                Reading(PortNumber(unchecked: UInt16(try WholeNumber.read(text, in: 1...65535))))
            },
            write: \.description)
    }
}

extension TunableCodec where Value == Duration {
    /// A length of time in whole milliseconds.
    ///
    /// - Parameter range: The legal numbers of milliseconds.
    /// - Returns: A codec that refuses a written unit and names the number to write.
    public static func milliseconds(_ range: ClosedRange<Int>) -> Self {
        duration(in: "milliseconds", of: .milliseconds(1), range: range)
    }

    /// A length of time in whole seconds.
    ///
    /// - Parameter range: The legal numbers of seconds.
    /// - Returns: A codec that refuses a written unit and names the number to write.
    public static func seconds(_ range: ClosedRange<Int>) -> Self {
        duration(in: "seconds", of: .seconds(1), range: range)
    }

    /// A length of time in a unit that is not written.
    ///
    /// A text with a unit of its own, as in `60s`, is refused with the number to write. Reading it would be easy, but the
    /// platforms behind the documents take the same text for 0: a file that rehearses well here would do nothing there.
    private static func duration(in name: String, of unit: Duration, range: ClosedRange<Int>) -> Self {
        TunableCodec(
            typeName: "duration",
            unit: name,
            rule: "a whole number of \(name) from \(range.lowerBound) to \(range.upperBound)",
            range: range,
            read: { text throws(TunableFlaw) in
                if let length = DurationText.read(text) {
                    let (count, rest) = length.attoseconds.quotientAndRemainder(dividingBy: unit.attoseconds)
                    let fits = rest == 0 && count >= Int128(range.lowerBound) && count <= Int128(range.upperBound)
                    throw TunableFlaw(
                        message: "the unit is always \(name) and is not written",
                        hint: fits ? "write \(count)" : "write a whole number of \(name)")
                }
                return Reading(unit * (try WholeNumber.read(text, in: range)))
            },
            write: { DurationText.decimal($0, in: unit) },
            check: { length throws(TunableFlaw) in
                guard length.attoseconds % unit.attoseconds == 0, length >= unit * range.lowerBound,
                    length <= unit * range.upperBound
                else { throw TunableFlaw() }
            })
    }
}
