/// A moment on a monotonic clock, counted from the start of a run.
///
/// The pure floors read no clock: whoever drives them passes the moment in. Engine time is a whole number of nanoseconds
/// because arithmetic on it is exact and costs nothing; `Duration` appears where people read or write a length of
/// time.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Nanoseconds since the start of the run.
    public let nanoseconds: Int64

    /// The start of the run.
    public static let zero: Timestamp = Timestamp(nanoseconds: 0)

    /// Creates a moment.
    ///
    /// - Parameter nanoseconds: Nanoseconds since the start of the run.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Whether the first moment lies before the second.
    public static func < (earlier: Timestamp, later: Timestamp) -> Bool {
        earlier.nanoseconds < later.nanoseconds
    }

    /// The moment that lies a length of time after another; saturates at the far end of the clock (292 years).
    public static func + (moment: Timestamp, length: Duration) -> Timestamp {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(length.wholeNanoseconds)
        return Timestamp(nanoseconds: overflow ? (length < .zero ? .min : .max) : sum)
    }

    /// The length of time from the second moment to the first.
    public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .nanoseconds(later.nanoseconds) - .nanoseconds(earlier.nanoseconds)
    }
}

extension Timestamp: CustomStringConvertible {
    /// The moment in seconds with microsecond precision, as in `1.250000 s`.
    public var description: String {
        let micros = nanoseconds / 1000
        let fraction = String(abs(micros % 1_000_000))
        let sign = nanoseconds < 0 && micros / 1_000_000 == 0 ? "-" : ""
        return "\(sign)\(micros / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction) s"
    }
}

extension Duration {
    /// The length in nanoseconds, rounded towards zero, saturating at the range of 64 bits.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow2) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || overflow2 ? (seconds < 0 ? .min : .max) : sum
    }
}
