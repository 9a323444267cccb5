import Evidence
import Experiments
import FaultModel
import Reports
import Testing

@Suite struct TerminalReportTests {
    @Test func aRunReadsLikeThis() {
        let text = TerminalReport(rowLimit: 6).render(sample(requests: 12))
        #expect(
            text == """
                prices survive resets                                                                     ✘ violated
                ShopTests/PriceTests.swift:12                                                                 1.23 s

                Steady state
                  ✔ price service answers                                               before the faults     1.3 ms
                  ✘ price service answers                                               after the faults      640 µs
                    status 503

                Faults
                  ✔ reset-peer on lab                                                                       reverted
                    reset 30 % of the requests with an RST, 20 ms after the request is complete

                Requests  12, 4 of them reset
                  request  target         at ms  decision        what happened             late ms
                  #1.1     GET /price/1    17.8  spared 3 of 10  200, 17 bytes
                  #1.2     GET /price/2    25.0  spared 3 of 10  200, 17 bytes
                  #1.3     GET /price/3    32.3  picked 3 of 10  reset, no answer             0.04
                  … 6 more rows
                  #2.5     GET /price/10   83.0  spared 3 of 10  200, 17 bytes
                  #3.1     GET /price/11   90.3  spared 3 of 10  lost with its connection
                  #3.2     GET /price/12   97.5  picked 3 of 10  reset, no answer             0.16

                Calls  12: 7 returned, 4 threw, 1 overdue; median 2.7 ms, slowest 20.7 ms

                Expectations
                  ✔ at least 4 faults injected
                    4 resets were sent (events 10, 22, 35, 46)
                  ✘ every call ends within 5 s                                         ShopTests/PriceTests.swift:22
                    1 of 12 calls was overdue (event 43)

                Problems
                  ✘ undo
                    could not undo reset-peer on lab: status 503

                ✘ violated (exit code 1); replay with seed 42

                """)
    }

    @Test(arguments: [1, 7, 40])
    func noLineIsWiderThanTheTerminal(rowLimit: Int) {
        let report = sample(
            requests: 300, target: String(repeating: "/very-long", count: 200),
            key: String(repeating: "key ", count: 50),
            detail: String(repeating: "and so on ", count: 40))
        let lines = TerminalReport(rowLimit: rowLimit).render(report).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.contains("  … \(300 - max(2, rowLimit)) more rows"))
        #expect(lines.count { $0.hasPrefix("  #") } == max(2, rowLimit))
    }

    @Test func colorChangesNothingButColor() {
        let report = sample(requests: 12)
        let colored = TerminalReport(color: true).render(report)
        #expect(colored.contains("\u{1B}[32m✔\u{1B}[0m"))
        #expect(colored.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == TerminalReport().render(report))
    }

    @Test func whatAPeerSendsDoesNotSteerTheTerminal() {
        let report = sample(requests: 3, target: "/\u{1B}[2J\u{07}\r\n", detail: "\u{9B}31m")
        let text = TerminalReport().render(report)
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    }

    @Test func aRunWithoutAnythingStillEndsWithItsSeed() {
        let report = RunReport(
            experiment: "nothing", place: SourcePlace(fileID: "A/B.swift", line: 1), seed: 7, outcome: .stopped,
            record: EventRecord(events: []))
        #expect(TerminalReport().render(report).hasSuffix("\n\n? stopped (exit code 5); replay with seed 7\n"))
    }
}

/// A run of a price service under resets; every third request is reset, one connection is closed by its client.
private func sample(
    requests: Int, target: String = "/price", key: String = "3 of 10", detail: String = "status 503"
) -> RunReport {
    let place = SourcePlace(fileID: "ShopTests/PriceTests.swift", line: 12)
    let step = PlanStep(
        fault: FaultOrder(name: "reset-peer", disruption: .reset(ResetDisruption())), target: "lab",
        action: "reset 30 % of the requests with an RST, 20 ms after the request is complete", undoAction: "lift")
    let log = EventLog { .zero }
    func at(_ milliseconds: Double, _ fact: Fact) {
        log.append(fact, at: Timestamp(nanoseconds: Int64(milliseconds * 1_000_000)))
    }
    for number in 1...requests {
        let id = RequestID(connection: ConnectionID((number + 4) / 5), ordinal: (number + 4) % 5 + 1)
        let start = 10 + Double(number) * 7.25
        let call = log.nextCall()
        at(start, .callStarted(call))
        at(start + 0.5, .requestReceived(id, RequestLine(method: "GET", target: "\(target)/\(number)")))
        let selected = number % 3 == 0
        at(start + 0.5, .decided(id, Decision(selected: selected, fault: "reset-peer", key: key)))
        if selected {
            let reset = ResetRecord(
                fault: "reset-peer", lateness: .microseconds(13 * number), responseBytes: number == 6 ? 500 : 0)
            at(start + 20.5, .resetSent(id, reset))
            at(start + 20.7, .callEnded(call, .threw("connection reset by peer")))
        } else if number == 11 {
            at(start + 3, .callEnded(call, .overdue))
        } else {
            at(start + 2.4, .responseStarted(id, status: 200))
            at(start + 2.5, .responseCompleted(id, bytes: 17))
            at(start + 2.7, .callEnded(call, .returned("")))
        }
    }
    func answer(_ phase: Phase, passed: Bool) -> ProbeResult {
        ProbeResult(
            name: "price service answers", mode: .edge, phase: phase, passed: passed, detail: passed ? "" : detail,
            duration: .microseconds(passed ? 1250 : 640), place: place)
    }
    func span(_ phase: Phase, _ start: Int, _ end: Int) -> PhaseSpan {
        PhaseSpan(
            phase: phase, start: .zero + Duration.milliseconds(start), end: .zero + Duration.milliseconds(end))
    }
    return RunReport(
        experiment: "prices survive resets", place: place, seed: 42, outcome: .violated,
        steps: [StepReport(step: step, state: .reverted)],
        probes: [answer(.steadyStateBefore, passed: true), answer(.steadyStateAfter, passed: false)],
        phases: [span(.steadyStateBefore, 0, 2), span(.hold, 2, 1200), span(.evaluate, 1234, 1234)],
        verdicts: [
            JudgedExpectation(
                verdict: Verdict(
                    expectation: "at least 4 faults injected", outcome: .held, explanation: "4 resets were sent",
                    evidence: [10, 22, 35, 46]), place: SourcePlace(fileID: place.fileID, line: 21)),
            JudgedExpectation(
                verdict: Verdict(
                    expectation: "every call ends within 5 s", outcome: .violated,
                    explanation: "1 of 12 calls was overdue",
                    evidence: [43]), place: SourcePlace(fileID: place.fileID, line: 22)),
        ],
        problems: [RunProblem(phase: .undo, description: "could not undo reset-peer on lab: \(detail)")],
        record: log.record)
}
