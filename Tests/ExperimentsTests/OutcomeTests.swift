import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct OutcomeTests {
    @Test(arguments: [
        (Verdict.Outcome.held, Verdict.Outcome.held, RunOutcome.passed, 0),
        (.violated, .held, .violated, 1),
        (.inconclusive, .held, .inconclusive, 5),
        (.held, .violated, .noEffect, 5),
        (.violated, .violated, .violated, 1),
        (.inconclusive, .violated, .noEffect, 5),
        (.held, .inconclusive, .inconclusive, 5),
    ])
    func verdictsDecide(
        declared: Verdict.Outcome, guarding: Verdict.Outcome, outcome: RunOutcome, exitCode: Int
    ) async throws {
        let clock = SimulatedClock()
        let report = try await twoFaults(expecting: declared)
            .run(on: RecordingBackend(clock: clock), clock: clock, guards: [Foretold(outcome: guarding)])
        #expect(report.outcome == outcome)
        #expect(Int(report.outcome.exitCode) == exitCode)
        #expect(report.verdicts.map(\.verdict.outcome) == [declared, guarding])
        #expect(report.verdicts.map { $0.place == nil } == [false, true])
    }

    @Test func aSystemThatDoesNotRecoverViolates() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let report = try await twoFaults {
            backend.inPlace.isEmpty && !backend.operations.contains("undo first on target")
        }
        .run(on: backend, clock: clock)
        #expect(report.probes.map(\.passed) == [true, false])
        #expect(report.outcome == .violated)
    }

    @Test func aRunThatTouchesNothingFailsUnlessItIsAllowed() async throws {
        let clock = SimulatedClock()
        let report = try await twoFaults().run(on: RecordingBackend(clock: clock), clock: clock)
        #expect(report.outcome == .noEffect)
        #expect(report.outcome.exitCode == 5)
        #expect(report.verdicts.last?.verdict.outcome == .violated)
    }

    @Test func noEffectIsAllowedVisibly() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("calm") {
            Inject("cut", ResetDisruption())
            Workload {}
            Expect { AllowNoEffect() }
        }
        #expect(experiment.allowsNoEffect)
        let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock)
        #expect(report.outcome == .passed)
        #expect(report.verdicts.map(\.verdict.expectation) == ["a run without effect is allowed"])
    }

    @Test func aPlanReadsLikeAList() async throws {
        let backend = RecordingBackend(clock: ContinuousClock())
        let order = FaultOrder(name: "cut", disruption: .reset(ResetDisruption()))
        let plan = try await backend.plan(for: PlanRequest(experiment: "x", faults: [order]))
        #expect(
            plan.description == """
                1. cut on target: record that cut is in place
                   undo: record that cut is gone
                """)
    }
}
