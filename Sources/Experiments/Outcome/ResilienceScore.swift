/// How well a system stood the faults, from 0 to 100, or why there is no grade.
///
/// The checks of a run are its probes, each passed when all its samples were, and the expectations that it declares, each
/// passed when it held. A fault that was injected gets the share of the checks that passed, in whole percent rounded
/// down; one that never was gets 0. The score is the mean of the faults by their weights, rounded half up. All of it is
/// whole numbers, so it is the same everywhere.
public struct ResilienceScore: Hashable, Sendable {
    /// The score, 0 to 100; `nil` when there is no evidence for one.
    public let value: Int?
    /// What the score follows from, or why there is none.
    public let reason: String

    /// Gives a grade.
    ///
    /// - Parameters:
    ///   - value: The score, 0 to 100.
    ///   - reason: What it follows from.
    public init(_ value: Int, reason: String) {
        self.value = value
        self.reason = reason
    }

    /// Gives none.
    ///
    /// - Parameter reason: Why there is none.
    public init(reason: String) {
        self.value = nil
        self.reason = reason
    }

    /// Grades a run.
    ///
    /// - Parameters:
    ///   - outcome: How the run ended.
    ///   - faults: The faults.
    ///   - checks: The checks that were made, and whether each passed.
    init(of outcome: RunOutcome, faults: [FaultReport], checks: [Bool]) {
        switch outcome {
        case .notInjected: self.init(0, reason: "the faults could not be injected")
        case .notCleanedUp: self.init(0, reason: "something of a fault may still be in place")
        case .steadyStateNotMet: self.init(reason: "the system was not healthy before the faults")
        case .noEffect: self.init(reason: "the faults touched nothing")
        case .inconclusive: self.init(reason: "the evidence decides neither way")
        default:
            guard !checks.isEmpty || outcome == .passed else {
                self.init(reason: "no check was made")
                return
            }
            let passed = checks.count { $0 }
            let share = checks.isEmpty ? 100 : passed * 100 / checks.count
            let weights = faults.reduce(0) { $0 + $1.weight }
            let sum = faults.reduce(0) { $0 + ($1.wasInjected ? $1.weight * share : 0) }
            // An experiment without a fault is not run, so the sum of the weights is not zero.
            let score = weights > 0 ? (2 * sum + weights) / (2 * weights) : share
            let spared = faults.count { !$0.wasInjected }
            let missing = spared > 0 ? "; \(spared) of \(faults.count) faults were never injected" : ""
            let made = checks.isEmpty ? "the run passed without a check" : "\(passed) of \(checks.count) checks passed"
            self.init(score, reason: made + missing)
        }
    }
}

extension ResilienceScore: CustomStringConvertible {
    /// The score and what it follows from, as in `75 of 100: 3 of 4 checks passed`.
    public var description: String { (value.map { "\($0) of 100: " } ?? "none: ") + reason }
}
