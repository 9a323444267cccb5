import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct CancellationTests {
    /// Where a run is cancelled: at a backend call, in a probe's phase, in a call of the workload.
    static let moments = [
        "plan", "preflight", "probe before", "recheck", "armUndo first on target", "inject first on target",
        "verifyInjected second on target", "call 1",
        "undo second on target", "verifyUndone first on target", "probe after",
    ]

    @Test(arguments: moments)
    func aCancelledRunCleansUpAndSaysSo(moment: String) async throws {
        let (report, backend) = try await runCancelled(at: moment)
        #expect(report.outcome == .stopped)
        #expect(backend.inPlace.isEmpty)
        let begun = backend.operations.filter { $0.hasPrefix("armUndo") }.count
        #expect(backend.operations.filter { $0.hasPrefix("undo") }.count == begun)
        #expect(report.steps.allSatisfy { [.planned, .reverted].contains($0.state) })
        #expect(report.stop?.cause == .cancelled)
        #expect(report.stop?.reason.hasPrefix("the run was cancelled") == true)
        #expect(report.verdicts.allSatisfy { $0.verdict.outcome == .inconclusive })
    }

    @Test(arguments: ["plan", "preflight", "probe before"])
    func aRunCancelledBeforeTheFaultsInjectsNothing(moment: String) async throws {
        let (_, backend) = try await runCancelled(at: moment)
        #expect(!backend.operations.contains { $0.hasPrefix("inject") })
    }

    @Test func aCancelledInjectionThatThrowsIsAStopAndIsUndone() async throws {
        let clock = SimulatedClock()
        let leash = Leash()
        let backend = RecordingBackend(clock: clock) { call in
            guard call.operation == .inject else { return }
            leash.pull()
            try await clock.sleep(for: .seconds(1))
        }
        let report = try await run(twoFaults(), on: backend, clock: clock, leash: leash)
        #expect(report.outcome == .stopped)
        #expect(report.steps.map(\.state) == [.reverted, .planned])
        #expect(backend.inPlace.isEmpty)
        #expect(report.stop?.reason == "the run was cancelled in phase inject")
        #expect(report.problems.isEmpty)
    }

    @Test func theUndoIsNotCancelledBySecondCancellation() async throws {
        let clock = SimulatedClock()
        let leash = Leash()
        let backend = RecordingBackend(clock: clock) { call in
            guard call.operation == .undo else { return }
            leash.pull()
            // Throws at once in a task that is cancelled, and the step would stay in place.
            try await clock.sleep(for: .seconds(3))
        }
        let experiment = twoFaults(call: { _ in
            leash.pull()
            try await clock.sleep(for: .seconds(1))
        })
        let report = try await run(experiment, on: backend, clock: clock, leash: leash)
        #expect(report.outcome == .stopped)
        #expect(backend.inPlace.isEmpty)
        #expect(report.phases.first { $0.phase == .undo }?.duration == .seconds(6))
        #expect(report.outcomes == [.threw("CancellationError()")])
    }

    @Test func aHoldIsCutShort() async throws {
        let clock = SimulatedClock()
        let leash = Leash()
        let backend = RecordingBackend(clock: clock)
        let experiment = Experiment("held") {
            Inject("cut", ResetDisruption())
            Workload {
                leash.pull()
                try await clock.sleep(for: .seconds(20))
            }
            Hold(for: .seconds(3600))
        }
        let report = try await run(experiment, on: backend, clock: clock, leash: leash)
        #expect(report.outcome == .stopped)
        #expect(report.phases.first { $0.phase == .hold }?.duration == .zero)
        #expect(backend.inPlace.isEmpty)
    }

    /// Ten seconds each: a ramp, the fault, a ramp.
    @Test(arguments: [
        (5, Phase.rampBefore, StepState.planned), (15, .hold, .reverted), (25, .rampAfter, .reverted),
    ])
    func everyPhaseCanBeCutShort(second: Int, phase: Phase, state: StepState) async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let experiment = Experiment("cut short") {
            SteadyState { Probe("after", mode: .eot) { true } }
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(for: .seconds(10), rampBefore: .seconds(10), rampAfter: .seconds(10)))
        }
        let report = try await withTaskExecutorPreference(clock) {
            let task = Task(executorPreference: clock) {
                try await experiment.run(on: backend, clock: clock, guards: [])
            }
            try await clock.sleep(for: .seconds(second))
            task.cancel()
            return try await task.value
        }
        #expect(report.outcome == .stopped)
        #expect(report.stop?.reason == "the run was cancelled in phase \(phase.rawValue)")
        #expect(report.steps.map(\.state) == [state])
        #expect(backend.inPlace.isEmpty)
        #expect(clock.now.offset == .seconds(second))
        #expect(report.probes.isEmpty)
    }

    @Test func aProbeThatIgnoresItsCancellationDoesNotHoldUpTheUndo() async throws {
        let clock = SimulatedClock()
        let deaf = Deaf()
        defer { deaf.letGo() }
        let backend = RecordingBackend(clock: clock)
        let experiment = Experiment("deaf probe") {
            SteadyState {
                Probe("deaf", mode: .onChaos, timeout: .seconds(3600)) {
                    await deaf.wait()
                    return true
                }
            }
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(60)))
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(clock.now.offset == .seconds(60))
        #expect(backend.inPlace.isEmpty)
        #expect(report.outcome == .inconclusive)
    }

    private func runCancelled(at moment: String) async throws -> (RunReport, RecordingBackend) {
        let clock = SimulatedClock()
        let leash = Leash()
        let backend = RecordingBackend(clock: clock) { call in
            if call.description == moment { leash.pull() }
        }
        let experiment = twoFaults {
            let after = backend.operations.contains { $0.hasPrefix("undo") }
            if moment == (after ? "probe after" : "probe before") { leash.pull() }
            return true
        } call: { call in
            if moment == "call \(call.number)" { leash.pull() }
        }
        return (try await run(experiment, on: backend, clock: clock, leash: leash), backend)
    }

    private func run(
        _ experiment: Experiment, on backend: RecordingBackend, clock: SimulatedClock, leash: Leash
    ) async throws -> RunReport {
        let task = Task {
            await leash.untilHeld()
            return try await experiment.run(on: backend, clock: clock, guards: [])
        }
        leash.hold(task)
        return try await task.value
    }
}
