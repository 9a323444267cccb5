/// How many of the targets that qualify are hit.
public enum TargetShare: Hashable, Sendable {
    /// One of them.
    case one
    /// A percentage of them, at least one; 0 means one, as the documents of pod faults say.
    case percentage(Percentage, rounding: Rounding = .down)
    /// So many of them, at least one; all of them if there are fewer.
    case count(Int)
    /// All of them.
    case all

    /// The number of targets to hit.
    ///
    /// - Parameter total: How many qualify, 0 or more.
    /// - Returns: From 1 to `total`; 0 when none qualifies.
    /// - Precondition: `total` is not negative.
    public func count(of total: Int) -> Int {
        precondition(total >= 0, "count(of: \(total)): a number of targets is not negative")
        let wanted =
            switch self {
            case .one: 1
            case .percentage(let share, let rounding): rounding.count(share, of: total)
            case .count(let count): count
            case .all: total
            }
        return min(total, max(1, wanted))
    }
}

extension TargetShare: CustomStringConvertible {
    /// The share in words, as in `30 %, rounded down`.
    public var description: String {
        switch self {
        case .one: "one"
        case .percentage(let share, .nearest): "\(share), rounded to the nearest"
        case .percentage(let share, let rounding): "\(share), rounded \(rounding.rawValue)"
        case .count(let count): String(count)
        case .all: "all"
        }
    }
}
