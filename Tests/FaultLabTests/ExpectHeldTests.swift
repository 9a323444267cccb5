import FaultLab
import FaultLabTestSupport
import FaultLabTesting
import Testing

/// The adapter for Swift Testing: one issue for each thing that did not hold.
@Suite struct ExpectHeldTests {
    /// Records what a report causes, as issues that were expected, and gives them back.
    private func issues(of report: RunReport, at location: SourceLocation = #_sourceLocation) -> [Issue] {
        let issues = Tally<Issue>()
        withKnownIssue("recorded on purpose", isIntermittent: true) {
            expectHeld(report, sourceLocation: location)
        } matching: { issue in
            issues.add(issue)
            return true
        }
        return issues.entries
    }

    @Test func aPassedRunRecordsNothing() async throws {
        #expect(issues(of: try await SampleRun.passed()).isEmpty)
    }

    @Test func everyFailureIsAnIssueOfItsOwn() async throws {
        let report = try await SampleRun.violatedTwice(seed: 4711)
        let location = #_sourceLocation
        let issues = issues(of: report, at: location)
        #expect(issues.count == 2)
        for issue in issues {
            let text = issue.comments.map(\.rawValue).joined()
            #expect(text.contains("Replay with seed 4711."))
            #expect(text.contains("FaultLabTests/SampleRun.swift:"))
            #expect(text.contains("violated"))
            #expect(issue.sourceLocation == location)
        }
        #expect(issues.first?.comments.first?.rawValue.hasPrefix("at least 2 faults injected") == true)
    }

    @Test func aRunWithoutEffectIsAnIssue() async throws {
        let issues = issues(of: try await SampleRun.withoutEffect(seed: 5))
        #expect(issues.count == 1)
        let text = issues.flatMap(\.comments).map(\.rawValue).joined()
        #expect(text.contains("the fault had an effect: violated"))
        #expect(text.contains("Replay with seed 5."))
    }
}
