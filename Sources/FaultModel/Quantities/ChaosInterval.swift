/// The wait between one injection and the next.
///
/// Documents write it in whole seconds: `10`, or `5-15` for a length drawn anew each time.
public enum ChaosInterval: Hashable, Sendable {
    /// Always the same, in whole seconds, at least one.
    case fixed(Duration)
    /// Drawn from a range of whole seconds, the upper bound at least one.
    case random(ClosedRange<Duration>)
}

extension ChaosInterval: CustomStringConvertible {
    /// The wait in seconds, as in `10 s` or `5 to 15 s`.
    public var description: String {
        switch self {
        case .fixed(let length): "\(DurationText.decimal(length, in: .seconds(1))) s"
        case .random(let range):
            """
            \(DurationText.decimal(range.lowerBound, in: .seconds(1))) to \
            \(DurationText.decimal(range.upperBound, in: .seconds(1))) s
            """
        }
    }
}
