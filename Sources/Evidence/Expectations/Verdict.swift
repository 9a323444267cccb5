/// What the evidence says about one expectation.
public struct Verdict: Hashable, Sendable {
    /// The expectation in a few words, as in `at least 9 faults injected`.
    public let expectation: String
    /// Whether it held.
    public let outcome: Outcome
    /// One sentence with the figures that decided.
    public let explanation: String
    /// The events that decided, in order.
    public let evidence: [Event.ID]

    /// Creates a verdict.
    ///
    /// - Parameters:
    ///   - expectation: The expectation in a few words.
    ///   - outcome: Whether it held.
    ///   - explanation: One sentence with the figures that decided.
    ///   - evidence: The events that decided, in order.
    public init(expectation: String, outcome: Outcome, explanation: String, evidence: [Event.ID] = []) {
        self.expectation = expectation
        self.outcome = outcome
        self.explanation = explanation
        self.evidence = evidence
    }

    /// The three values of a verdict.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// The evidence shows that the expectation held.
        case held
        /// The evidence shows that it did not.
        case violated
        /// The evidence decides neither way; a test treats this as a failure with its own words.
        case inconclusive
    }
}

extension Verdict {
    /// The most events that the expectations of this module name as evidence; the figures are in the explanation.
    public static let evidenceLimit = 100

    /// The first events of a list, as many as a verdict names.
    static func capped(_ evidence: [Event.ID]) -> [Event.ID] { Array(evidence.prefix(evidenceLimit)) }
}
