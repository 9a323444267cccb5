/// What becomes of a share that is no whole number of targets.
///
/// Tools differ, so the policy has a name: Litmus rounds down, xk6-disruptor up, and the fault documents do not say.
public enum Rounding: String, Hashable, Sendable, CaseIterable {
    /// 30 % of 4 is 1.
    case down
    /// 30 % of 4 is 2.
    case up
    /// 30 % of 4 is 1, 50 % of 5 is 3: to the nearest, halves up.
    case nearest

    /// A percentage of a number, as a whole number.
    func count(_ share: Percentage, of total: Int) -> Int {
        // Hundreds apart from the rest, so that no product can overflow.
        let (hundreds, rest) = total.quotientAndRemainder(dividingBy: 100)
        let product = rest * share.value
        let part =
            switch self {
            case .down: product / 100
            case .up: (product + 99) / 100
            case .nearest: (product + 50) / 100
            }
        return hundreds * share.value + part
    }
}
