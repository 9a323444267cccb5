import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct LifecycleTests {
    @Test func callsTheBackendInOrderAndUndoesInReverse() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock, targets: ["a", "b"])
        let report = try await twoFaults().run(on: backend, clock: clock, guards: [])
        #expect(
            backend.operations == [
                "plan", "preflight",
                "recheck",
                "armUndo first on a", "inject first on a", "verifyInjected first on a",
                "armUndo first on b", "inject first on b", "verifyInjected first on b",
                "armUndo second on a", "inject second on a", "verifyInjected second on a",
                "armUndo second on b", "inject second on b", "verifyInjected second on b",
                "undo second on b", "undo second on a", "undo first on b", "undo first on a",
                "verifyUndone second on b", "verifyUndone second on a", "verifyUndone first on b",
                "verifyUndone first on a",
            ])
        #expect(report.outcome == .passed)
        #expect(report.steps.map(\.state) == Array(repeating: .reverted, count: 4))
    }

    @Test func logsPhasesProbesAndCallsInOrder() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let report = try await twoFaults().run(on: backend, clock: clock, guards: [])
        #expect(
            report.facts == [
                .phaseStarted(.steadyStateBefore),
                .probeEvaluated(name: "is well", mode: "edge", passed: true, detail: ""),
                .phaseStarted(.inject), .faultArmed("first"), .faultArmed("second"),
                .phaseStarted(.hold),
                .callStarted(CallID(1)), .callEnded(CallID(1), .returned("")),
                .callStarted(CallID(2)), .callEnded(CallID(2), .returned("")),
                .phaseStarted(.undo), .faultLifted("second"), .faultLifted("first"),
                .phaseStarted(.steadyStateAfter),
                .probeEvaluated(name: "is well", mode: "edge", passed: true, detail: ""),
                .phaseStarted(.evaluate),
            ])
        #expect(
            report.phases.map(\.phase) == [.steadyStateBefore, .inject, .hold, .undo, .steadyStateAfter, .evaluate])
    }

    @Test func phasesCarryTheTimesOfTheClock() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock) { call in
            if call.operation == .inject { try await clock.sleep(for: .milliseconds(30)) }
        }
        let experiment = Experiment("held") {
            Inject("cut", ResetDisruption())
            Hold(for: .seconds(60))
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        let lengths = Dictionary(uniqueKeysWithValues: report.phases.map { ($0.phase, $0.duration) })
        #expect(lengths == [.inject: .milliseconds(30), .hold: .seconds(60), .undo: .zero, .evaluate: .zero])
    }

    @Test func aWorkloadShorterThanTheHoldKeepsTheFaultsArmed() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let experiment = Experiment("both") {
            Inject("cut", ResetDisruption())
            Workload { try await clock.sleep(for: .seconds(2)) }
            Hold(for: .seconds(5))
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(report.phases.first { $0.phase == .hold }?.duration == .seconds(5))
    }

    @Test(arguments: [(ProbeMode.sot, [Phase.steadyStateBefore]), (.eot, [.steadyStateAfter])])
    func probesAreAskedInTheirMode(mode: ProbeMode, phases: [Phase]) async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("modes") {
            SteadyState { Probe("once", mode: mode) { true } }
            Inject("cut", ResetDisruption())
            Workload {}
        }
        let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock, guards: [])
        #expect(report.probes.map(\.phase) == phases)
        #expect(report.phases.map(\.phase).filter(phases.contains) == phases)
    }

    @Test func anEarlierRunInTheSameLogProvesNothing() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let first = try await twoFaults().run(on: backend, clock: clock, guards: [])
        let second = try await twoFaults().run(on: backend, clock: clock, guards: [])
        #expect(second.record.events.first?.id == first.record.events.count + 1)
        #expect(second.facts.first == .phaseStarted(.steadyStateBefore))
        #expect(second.facts.contains(.callStarted(CallID(3))))
    }

    @Test func runsOnTheContinuousClock() async throws {
        let backend = RecordingBackend(clock: ContinuousClock())
        let report = try await twoFaults().run(on: backend, clock: ContinuousClock(), guards: [])
        #expect(report.outcome == .passed)
    }

    @Test @MainActor func aRunLeavesTheActorOfItsCaller() async throws {
        let clock = SimulatedClock()
        let experiment = twoFaults {
            try await clock.sleep(for: .seconds(1)); return true
        }
        let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock, guards: [])
        #expect(report.probes.map(\.duration) == [.seconds(1), .seconds(1)])
    }
}
