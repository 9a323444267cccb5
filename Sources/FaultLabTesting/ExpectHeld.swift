public import Experiments
import Reports
public import Testing

/// Records everything in a run that did not hold as an issue of the running test.
///
/// Each violated or undecided expectation becomes an issue of its own, with the figures that decided it, the line that
/// declared it, and the seed that repeats the run. The event log and the report, as text and as JSON, are attached to the
/// test when it fails; run the tests with `--attachments-path` to keep them.
///
/// - Parameters:
///   - report: The run.
///   - sourceLocation: The place that issues point at.
public func expectHeld(_ report: RunReport, sourceLocation: SourceLocation = #_sourceLocation) {
    let failures = FailureText(report).failures
    guard !failures.isEmpty else { return }
    for failure in failures {
        Issue.record(Comment(rawValue: failure), sourceLocation: sourceLocation)
    }
    let name = String(report.experiment.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    let header = JSONLinesHeader(seed: report.seed)
    Attachment.record(
        JSONLines.encode(report.record, header: header), named: "faultlab-\(name).jsonl", sourceLocation: sourceLocation
    )
    Attachment.record(
        JSONReport().render(report), named: "faultlab-\(name).json", sourceLocation: sourceLocation)
    Attachment.record(
        TerminalReport().render(report), named: "faultlab-\(name).txt", sourceLocation: sourceLocation)
}
