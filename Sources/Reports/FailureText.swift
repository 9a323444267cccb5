import Evidence
package import Experiments

/// The failures of a run in sentences, for a test framework to record one by one.
package struct FailureText {
    /// One text for each thing that did not hold; empty for a run that passed.
    package let failures: [String]

    /// Collects the failures of a run.
    ///
    /// - Parameter report: The run.
    package init(_ report: RunReport) {
        guard report.outcome != .passed else {
            failures = []
            return
        }
        var texts = report.verdicts.filter { $0.verdict.outcome != .held }.map { judged in
            let place = judged.place.map { " (\($0))" } ?? ""
            return "\(judged.verdict.expectation): \(judged.verdict.outcome.rawValue)\(place). "
                + judged.verdict.explanation
        }
        texts += report.problems.map(\.description)
        if texts.isEmpty { texts = ["\(report.experiment): \(report.outcome)"] }
        failures = texts.map { "\($0)\nReplay with seed \(report.seed)." }
    }
}
