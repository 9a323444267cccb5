import Evidence

/// A length of time for people, in hours, minutes and seconds.
struct TimeText: CustomStringConvertible {
    private let length: Duration

    init(_ length: Duration) {
        self.length = length
    }

    /// The length with its units, as in `2 h 5 min`, `90 ms` or `1 min 0.5 s`; zero is `0 s`.
    var description: String {
        guard length != .zero else { return "0 s" }
        let (seconds, _) = length.components
        guard seconds >= 60 else { return Wording.length(length) }
        let rest = length - .seconds(seconds / 60 * 60)
        let parts = [
            seconds / 3600 > 0 ? "\(seconds / 3600) h" : "", seconds / 60 % 60 > 0 ? "\(seconds / 60 % 60) min" : "",
            rest > .zero ? Wording.length(rest) : "",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
