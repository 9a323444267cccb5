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
        var texts = Self.probes(report)
        // A run that never began has nothing to say about its expectations; the probes say why.
        if report.outcome != .steadyStateNotMet || texts.isEmpty { texts += Self.verdicts(report) }
        if let stop = report.stop { texts.insert("Stopped: \(stop)", at: 0) }
        texts += report.problems.map(\.description)
        if texts.isEmpty { texts = ["\(report.experiment): \(report.outcome)"] }
        failures = texts.map { "\($0)\nReplay with seed \(report.seed)." }
    }

    private static func verdicts(_ report: RunReport) -> [String] {
        report.verdicts.filter { $0.verdict.outcome != .held }.map { judged in
            let place = judged.place.map { " (\($0))" } ?? ""
            return "\(judged.verdict.expectation): \(judged.verdict.outcome.rawValue)\(place). "
                + judged.verdict.explanation
        }
    }

    private static func probes(_ report: RunReport) -> [String] {
        report.probes.filter { !$0.passed }.map { probe in
            let reason = probe.detail.isEmpty ? "The probe answered no" : probe.detail
            let trouble = report.record.upstreamTrouble.map { "; \($0)" } ?? ""
            return "\(probe.name): \(when(probe)) (\(probe.place)). \(reason)\(trouble)."
                + (probe.phase == .steadyStateBefore ? " Nothing was injected." : "")
        }
    }

    private static func when(_ probe: ProbeResult) -> String {
        switch probe.phase {
        case .steadyStateBefore: "failed before the faults"
        case .steadyStateAfter: "failed after the faults were lifted"
        default:
            probe.samples == 0
                ? "was never asked"
                : "failed in \(probe.failures) of \(probe.samples) samples"
                    + (probe.firstFailure.map { ", first at \($0)" } ?? "")
        }
    }
}
