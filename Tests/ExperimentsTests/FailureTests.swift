import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct FailureTests {
    /// A backend call that fails, how the run ends, and what is undone.
    struct Row: Sendable, CustomTestStringConvertible {
        let failing: String
        let outcome: RunOutcome
        let undone: [String]
        let states: [StepState]
        var testDescription: String { failing }
    }

    static let rows = [
        Row(failing: "plan", outcome: .notInjected, undone: [], states: []),
        Row(failing: "preflight", outcome: .notInjected, undone: [], states: [.planned, .planned]),
        Row(
            failing: "inject first on target", outcome: .notInjected, undone: ["undo first on target"],
            states: [.reverted, .planned]),
        Row(
            failing: "verifyInjected first on target", outcome: .notInjected, undone: ["undo first on target"],
            states: [.reverted, .planned]),
        Row(
            failing: "inject second on target", outcome: .notInjected,
            undone: ["undo second on target", "undo first on target"], states: [.reverted, .reverted]),
        Row(
            failing: "verifyInjected second on target", outcome: .notInjected,
            undone: ["undo second on target", "undo first on target"], states: [.reverted, .reverted]),
        Row(
            failing: "undo second on target", outcome: .notCleanedUp,
            undone: ["undo second on target", "undo first on target"], states: [.reverted, .revertFailed]),
        Row(
            failing: "undo first on target", outcome: .notCleanedUp,
            undone: ["undo second on target", "undo first on target"], states: [.revertFailed, .reverted]),
        Row(
            failing: "verifyUndone second on target", outcome: .notCleanedUp,
            undone: ["undo second on target", "undo first on target"], states: [.reverted, .revertFailed]),
        Row(
            failing: "verifyUndone first on target", outcome: .notCleanedUp,
            undone: ["undo second on target", "undo first on target"], states: [.revertFailed, .reverted]),
    ]

    @Test(arguments: rows)
    func whateverFailsEverythingBegunIsUndone(row: Row) async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock) { call in
            if call.description == row.failing { throw Broken("no \(call.operation) today") }
        }
        let report = try await twoFaults().run(on: backend, clock: clock, guards: [])
        #expect(report.outcome == row.outcome)
        #expect(backend.operations.filter { $0.hasPrefix("undo") } == row.undone)
        #expect(report.steps.map(\.state) == row.states)
        #expect(report.problems.first?.description.hasSuffix("today") == true)
        let leftBehind = row.failing.hasPrefix("undo") ? 1 : 0
        #expect(backend.inPlace.count == leftBehind)
    }

    @Test func anUndoThatFailsButLeavesNothingIsClean() async throws {
        // The undo throws after its effect: what decides is the verification.
        let clock = SimulatedClock()
        let backend = LateFailure(inner: RecordingBackend(clock: clock))
        let report = try await twoFaults().run(on: backend, clock: clock, guards: [])
        #expect(report.outcome == .passed)
        #expect(report.problems.count == 2)
        #expect(report.steps.allSatisfy { $0.state == .reverted })
    }

    @Test func aPlanWithoutATargetInjectsNothing() async throws {
        let clock = SimulatedClock()
        let report = try await twoFaults().run(
            on: RecordingBackend(clock: clock, targets: []), clock: clock, guards: [])
        #expect(report.outcome == .notInjected)
        #expect(report.problems.map(\.description) == ["could not plan the faults: the plan has no target for first"])
    }

    @Test(arguments: [nil, Broken("reset"), CancellationError()] as [(any Error)?])
    func anUnhealthySystemIsLeftAlone(error: (any Error)?) async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let experiment = twoFaults(expecting: .violated) {
            if let error { throw error }
            return false
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(report.outcome == .steadyStateNotMet)
        #expect(report.probes.map(\.detail) == [error.map { "\($0)" } ?? ""])
        #expect(backend.operations == ["plan", "preflight"])
        #expect(report.verdicts.map(\.verdict.outcome) == [.inconclusive])
    }

    @Test func aProbeThatNeverAnswersIsANo() async throws {
        let clock = SimulatedClock()
        let deaf = Deaf()
        defer { deaf.letGo() }
        let experiment = twoFaults {
            await deaf.wait(); return true
        }
        let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock, guards: [])
        #expect(report.outcome == .steadyStateNotMet)
        #expect(report.probes.first?.duration == .seconds(10))
        #expect(report.probes.first?.detail == "no answer within 10.0 seconds")
    }
}

/// Undoes and then says that it failed.
private struct LateFailure: FaultBackend {
    let inner: RecordingBackend
    var log: EventLog { inner.log }
    var seed: UInt64 { inner.seed }
    func plan(for request: PlanRequest) async throws -> Plan { try await inner.plan(for: request) }
    func inject(_ step: PlanStep) async throws { try await inner.inject(step) }
    func undo(_ step: PlanStep) async throws {
        try await inner.undo(step)
        throw Broken("the connection to the target broke")
    }
    func verifyUndone(_ step: PlanStep) async throws { try await inner.verifyUndone(step) }
}
