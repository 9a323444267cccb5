extension TunableCodec where Value == ChaosInterval {
    /// A wait in whole seconds, or a range of waits, as in `10` or `5-15`.
    public static var chaosInterval: Self {
        let longest = 31_536_000
        return TunableCodec(
            typeName: "interval",
            unit: "seconds",
            rule: "a whole number of seconds from 1 to \(longest), or a range of them as in 5-15",
            read: { text throws(TunableFlaw) in
                let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(\.withoutOuterSpace)
                guard parts.count == 2, !parts[0].isEmpty else {
                    let seconds = TunableCodec<Duration>.seconds(1...longest)
                    return Reading(.fixed(try seconds.read(text).value))
                }
                if parts[1].isEmpty {
                    throw TunableFlaw(message: "the range has no upper bound", hint: "write it as in 5-15")
                }
                let bound = TunableCodec<Duration>.seconds(0...longest)
                let lower = try bound.read(parts[0]).value
                let upper = try bound.read(parts[1]).value
                if lower > upper {
                    throw TunableFlaw(message: "the range is reversed", hint: "write \(parts[1])-\(parts[0])")
                }
                if upper == .zero { throw TunableFlaw(message: "the longest wait of the range is 0") }
                return Reading(.random(lower...upper))
            },
            write: { interval in
                switch interval {
                case .fixed(let length): DurationText.decimal(length, in: .seconds(1))
                case .random(let range):
                    "\(DurationText.decimal(range.lowerBound, in: .seconds(1)))"
                        + "-\(DurationText.decimal(range.upperBound, in: .seconds(1)))"
                }
            },
            check: { interval throws(TunableFlaw) in
                let bounds =
                    switch interval {
                    case .fixed(let length): length...length
                    case .random(let range): range
                    }
                let isWhole = { (length: Duration) in length.components.attoseconds == 0 }
                guard isWhole(bounds.lowerBound), isWhole(bounds.upperBound), bounds.lowerBound >= .zero,
                    bounds.upperBound >= .seconds(1), bounds.upperBound <= .seconds(longest)
                else { throw TunableFlaw() }
            })
    }
}
