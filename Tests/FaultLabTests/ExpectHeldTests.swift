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

    @Test func anUnhealthySystemIsOneIssueThatNamesTheProbe() async throws {
        let report = try await SampleRun.unhealthyBefore(seed: 5)
        let texts = issues(of: report).flatMap(\.comments).map(\.rawValue)
        #expect(texts.count == 1)
        let text = try #require(texts.first)
        #expect(text.hasPrefix("healthy: failed before the faults (FaultLabTests/SampleRun.swift:"))
        #expect(text.contains("GET /health at 127.0.0.1:"))
        #expect(text.hasSuffix("answered 503, not 200. Nothing was injected.\nReplay with seed 5."))
    }

    @Test func aSystemThatDoesNotRecoverIsAnIssue() async throws {
        let texts = issues(of: try await SampleRun.unhealthyAfter(seed: 5)).flatMap(\.comments).map(\.rawValue)
        #expect(texts.count == 1)
        let text = try #require(texts.first)
        #expect(text.hasPrefix("recovered: failed after the faults were lifted (FaultLabTests/SampleRun.swift:"))
        #expect(text.hasSuffix("The probe answered no.\nReplay with seed 5."))
    }

    @Test func anUpstreamThatIsDownIsNamed() async throws {
        let nobody = BoundSocket(listening: false)
        let report = try await withLab(before: nobody) { lab in
            try await lab.run(
                Experiment("nobody answers") {
                    SteadyState { lab.probe("answers", get: "/") }
                    Inject(PodHTTPResetPeer())
                    Workload {}
                })
        }
        let text = issues(of: report).flatMap(\.comments).map(\.rawValue).joined()
        #expect(text.contains("the upstream could not be reached on 1 connection: "))
        #expect(text.contains("Connection refused"))
        #expect(TerminalReport().render(report).contains("\nUpstream\n  the upstream could not be reached on 1 connec"))
    }

    @Test func aRunWithoutEffectIsAnIssue() async throws {
        let issues = issues(of: try await SampleRun.withoutEffect(seed: 5))
        #expect(issues.count == 1)
        let text = issues.flatMap(\.comments).map(\.rawValue).joined()
        #expect(text.contains("the fault had an effect: violated"))
        #expect(text.contains("Replay with seed 5."))
    }
}
