import Evidence
import Experiments
import FaultModel
import Reports
import Testing

/// What a run with a schedule looks like in each form.
@Suite struct ReportTextTests {
    private func stopped() async throws -> RunReport {
        let clock = SimulatedClock()
        return try await Experiment("a bad minute") {
            SteadyState {
                Probe("shop answers", mode: .continuous, polling: .seconds(10)) { clock.now.offset < .seconds(35) }
                Probe("orders answer", mode: .onChaos) { true }
            }
            StopWhen { ProbeFails("shop answers", times: 2) }
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(
                    for: .seconds(60), order: .serial, rampBefore: .seconds(5),
                    repeating: .pulses(active: .seconds(10), dormant: .seconds(5))))
        }.run(on: RecordingBackend(clock: clock, targets: ["a", "b"]), clock: clock)
    }

    @Test func theTerminalShowsSchedulesSamplesTheStopAndTheScore() async throws {
        let text = TerminalReport().render(try await stopped())
        for wanted in [
            "  ✘ shop answers", "2 of 6 samples", "    first failed 40.00 s after the start: it answered no",
            "  ✔ orders answer", "all 46 samples", "4 times, reverted",
            "; for 1 min, one target after the other, in pulses of 10 s with 5 s between them, after a ramp of 5 s",
            "Stopped", "  probe \"shop answers\" failed 2 times in a row: it answered no",
            "Score  50 of 100: 1 of 2 checks passed", "? stopped (exit code 5)",
        ] {
            #expect(flat(text).contains(flat(wanted)), "\(wanted) in\n\(text)")
        }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    /// The text without the line breaks that the width of a terminal puts in.
    private func flat(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test func theFailuresOfATestNameTheStopFirst() async throws {
        let failures = FailureText(try await stopped()).failures
        #expect(failures.first?.hasPrefix("Stopped: probe \"shop answers\" failed 2 times in a row") == true)
        #expect(failures.contains { $0.hasPrefix("shop answers: failed in 2 of 6 samples, first at 40") })
    }

    @Test func theObjectHoldsTheRun() async throws {
        let text = String(decoding: JSONReport().render(try await stopped()), as: UTF8.self)
        for wanted in [
            #""outcome":"stopped","exit_code":5,"seed":"1","score":{"value":50,"#, #""stop":{"cause":"probe","#,
            #""target":"b","state":"planned","injections":0,"#,
            #""samples":6,"failures":2,"first_failure":40000000000,"#,
        ] {
            #expect(text.contains(wanted), "\(wanted) in \(text)")
        }
        #expect(text.hasSuffix("}\n"))
    }

    @Test func everyEntryOfAJournalIsALine() {
        let step = PlanStep(
            fault: FaultOrder(name: "cut", disruption: .reset(ResetDisruption())), target: "a\u{7}", action: "do",
            undoAction: "undo")
        let entries: [JournalEntry] = [
            .planned(experiment: "x", Plan(steps: [step])), .armingUndo(step: 1, after: .seconds(2)),
            .injecting(step: 1), .injected(step: 1), .undoing(step: 1), .undone(step: 1), .undoFailed(step: 1),
            .ended(.notCleanedUp),
        ]
        #expect(
            entries.map { String(decoding: JournalLines.line($0), as: UTF8.self) }
                == [
                    #"{"v":1,"entry":"planned","experiment":"x","steps":[{"step":1,"fault":"cut","disruption":"reset every request, as soon as the request was received","target":"a\u0007","action":"do","undo":"undo"}]}"#,
                    #"{"v":1,"entry":"armingUndo","step":1,"after_ns":2000000000}"#,
                    #"{"v":1,"entry":"injecting","step":1}"#, #"{"v":1,"entry":"injected","step":1}"#,
                    #"{"v":1,"entry":"undoing","step":1}"#, #"{"v":1,"entry":"undone","step":1}"#,
                    #"{"v":1,"entry":"undoFailed","step":1}"#,
                    #"{"v":1,"entry":"ended","outcome":"not cleaned up"}"#,
                ].map { $0 + "\n" })
    }
}
