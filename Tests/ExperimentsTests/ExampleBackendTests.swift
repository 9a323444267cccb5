import Evidence
import ExampleBackend
import Experiments
import FaultModel
import Foundation
import Testing

/// The backend of `Docs/writing-a-backend.md`.
@Suite struct ExampleBackendTests {
    private let clock = SimulatedClock()
    private let switchboard: Switchboard
    private let workers = ["worker-1", "worker-2"]

    init() {
        switchboard = Switchboard(workers: workers, log: EventLog(following: clock))
    }

    private func experiment(
        _ fault: PodHTTPResetPeer, _ expectation: any RunExpectation = EveryCallEnds(within: .seconds(5))
    ) -> Experiment {
        let (switchboard, workers) = (switchboard, workers)
        return Experiment("prices survive broken workers") {
            Inject(fault)
            Workload(calls: 6) { call in
                let line = RequestLine(method: "GET", target: "/price/\(call.number)")
                let answer = switchboard.answer(line, on: workers[call.number % 2]) { "7.00 EUR" }
                if answer == nil { throw Broken("connection reset by peer") }
            }
            Expect { expectation }
        }
    }

    @Test func aRunPassesAndIsUndone() async throws {
        let backend = SwitchboardBackend(switchboard)
        let experiment = experiment(PodHTTPResetPeer(choosing: .first(2)), FaultsInjected(atLeast: 4))
        let report = try await experiment.run(on: backend, clock: clock)
        #expect(report.outcome == .passed, "\(report.problems) \(report.verdicts)")
        #expect(report.steps.map(\.step.target) == workers)
        #expect(report.steps.map(\.state) == [.reverted, .reverted])
        let reset = report.record.requests.filter(\.isSelected)
        #expect(reset.map(\.line.target) == ["/price/1", "/price/2", "/price/3", "/price/4"])
        #expect(report.outcomes == Array(repeating: resetCall, count: 4) + [fine, fine])
    }

    private let resetCall = CallOutcome.threw("connection reset by peer")
    private let fine = CallOutcome.returned("")

    @Test func theCandidatesAreCapped() async throws {
        let limited = Experiment("one of two") {
            BlastRadius(share: 50)
            Inject(PodHTTPResetPeer())
            Hold(for: .seconds(1))
            Expect { AllowNoEffect() }
        }
        let half = try await limited.run(on: SwitchboardBackend(switchboard, targets: ["worker-2"]), clock: clock)
        #expect(half.outcome == .passed)
        let all = try await limited.run(on: SwitchboardBackend(switchboard), clock: clock)
        #expect(all.outcome == .notInjected)
        #expect(all.problems.first?.description.contains("2 of 2 targets") == true)
    }

    @Test func aFailingInjectionIsUndone() async throws {
        let backend = Faltering(base: SwitchboardBackend(switchboard), worker: "worker-2")
        let report = try await experiment(PodHTTPResetPeer()).run(on: backend, clock: clock)
        #expect(report.outcome == .notInjected)
        #expect(report.steps.map(\.state) == [.reverted, .reverted])
        let line = RequestLine(method: "GET", target: "/price/1")
        for worker in workers { #expect(switchboard.answer(line, on: worker) { "7.00 EUR" } == "7.00 EUR") }
    }

    @Test func undoingTwiceOrTooEarlyDoesNoHarm() async throws {
        let backend = SwitchboardBackend(switchboard)
        let step = try await step(of: backend)
        try await backend.undo(step)
        try await backend.inject(step)
        try await backend.verifyInjected(step)
        try await backend.undo(step)
        try await backend.undo(step)
        try await backend.verifyUndone(step)
        #expect(switchboard.log.record.events.map(\.fact) == [.faultArmed("reset"), .faultLifted("reset")])
    }

    @Test func aSwitchThatIsOnlyArmedIsNeitherInPlaceNorGone() async throws {
        let backend = SwitchboardBackend(switchboard)
        let step = try await step(of: backend)
        try await backend.armUndo(step, after: .seconds(60))
        await #expect(throws: SwitchboardError.self) { try await backend.verifyInjected(step) }
        await #expect(throws: SwitchboardError.self) { try await backend.verifyUndone(step) }
        try await backend.undo(step)
        try await backend.verifyUndone(step)
    }

    @Test func whatNobodyUndoesTurnsItselfOff() async throws {
        let backend = SwitchboardBackend(switchboard)
        let step = try await step(of: backend)
        try await backend.armUndo(step, after: .seconds(60))
        try await backend.inject(step)
        let line = RequestLine(method: "GET", target: "/price/1")
        #expect(switchboard.answer(line, on: step.target) { "7.00 EUR" } == nil)
        try await clock.sleep(for: .seconds(60))
        #expect(switchboard.answer(line, on: step.target) { "7.00 EUR" } == "7.00 EUR")
        try await backend.verifyUndone(step)
    }

    @Test func aWorkerThatHasGoneIsNoticed() async throws {
        let backend = SwitchboardBackend(switchboard)
        let step = try await step(of: backend)
        switchboard.remove(step.target)
        await #expect(throws: SwitchboardError.self) { try await backend.recheck(Plan(steps: [step])) }
        await #expect(throws: SwitchboardError.self) { try await backend.inject(step) }
        try await backend.undo(step)
        try await backend.verifyUndone(step)
    }

    @Test func oneOfTwoSwitchesDecides() async throws {
        let backend = SwitchboardBackend(switchboard, targets: ["worker-1"])
        let faults = [("none", Selection.first(0)), ("all", .all)].map { name, selection in
            FaultOrder(name: FaultName(name), disruption: .reset(ResetDisruption(selection: selection)))
        }
        let plan = try await backend.plan(for: PlanRequest(experiment: "two", faults: faults))
        for step in plan.steps { try await backend.inject(step) }
        #expect(switchboard.answer(RequestLine(method: "GET", target: "/"), on: "worker-1") { "7.00 EUR" } == nil)
        let decisions = switchboard.log.record.events.compactMap { event in
            if case .decided(_, let decision) = event.fact { decision } else { nil }
        }
        #expect(decisions == [Decision(selected: true, fault: "all", key: "arrival:1")])
    }

    @Test(
        arguments: [
            .reset(ResetDisruption(delay: .milliseconds(1))), .reset(ResetDisruption(responsePrefix: 5)),
            .reset(ResetDisruption(selection: .exactFraction(30))), .reset(ResetDisruption(forwarding: .never)),
        ] as [Disruption])
    func whatAWorkerCannotDoIsRefused(disruption: Disruption) async throws {
        let request = PlanRequest(experiment: "refused", faults: [FaultOrder(name: "reset", disruption: disruption)])
        await #expect(throws: SwitchboardError.self) { try await SwitchboardBackend(switchboard).plan(for: request) }
    }

    private func step(of backend: SwitchboardBackend) async throws -> PlanStep {
        let fault = FaultOrder(name: "reset", disruption: .reset(ResetDisruption()))
        return try #require(try await backend.plan(for: PlanRequest(experiment: "one", faults: [fault])).steps.first)
    }

    /// Every block of the page that shows code of the example stands in its sources, whatever the indentation.
    @Test func thePageShowsTheSources() throws {
        let tests = URL(fileURLWithPath: #filePath)
        let docs = tests.deletingLastPathComponent().appending(path: "../../Docs").standardized
        let example = docs.appending(path: "Examples/ExampleBackend")
        let sources = try FileManager.default.contentsOfDirectory(at: example, includingPropertiesForKeys: nil)
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        let here = try String(contentsOf: tests, encoding: .utf8)
        let compiled = (sources + here).filter { !$0.isWhitespace }
        let page = try String(contentsOf: docs.appending(path: "writing-a-backend.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count >= 5)
        for block in blocks {
            let snippet = try #require(block.components(separatedBy: "```").first)
            let isCompiled = compiled.contains(snippet.filter { !$0.isWhitespace })
            #expect(isCompiled, "\(snippet)")
        }
    }
}

/// A backend whose injection fails on one worker after it was made.
private struct Faltering: FaultBackend {
    let base: SwitchboardBackend
    let worker: String

    var log: EventLog { base.log }
    var seed: UInt64 { base.seed }
    var deployment: Deployment { base.deployment }

    func plan(for request: PlanRequest) async throws -> Plan { try await base.plan(for: request) }
    func armUndo(_ step: PlanStep, after delay: Duration) async throws { try await base.armUndo(step, after: delay) }
    func inject(_ step: PlanStep) async throws {
        try await base.inject(step)
        if step.target == worker { throw Broken("the answer got lost") }
    }
    func undo(_ step: PlanStep) async throws { try await base.undo(step) }
    func verifyUndone(_ step: PlanStep) async throws { try await base.verifyUndone(step) }
}
