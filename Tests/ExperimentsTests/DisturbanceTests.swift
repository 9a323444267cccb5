import Evidence
import FaultModel
import Synchronization
import Testing

@testable import Experiments

/// Something goes wrong at every call that a run makes, one after the other: nothing may be left behind in silence.
@Suite struct DisturbanceTests {
    /// A run with everything in it: ramps, a series, pulses, two targets, a probe, calls.
    private static func experiment(on clock: SimulatedClock) -> Experiment {
        Experiment("everything") {
            SteadyState {
                Probe("edge") { true }
                Probe("up", mode: .continuous, polling: .seconds(3)) { true }
                Probe("chaos", mode: .onChaos, polling: .seconds(4)) { true }
            }
            StopWhen { ProbeFails("up", times: 2) }
            Inject("open", ResetDisruption())
            Serial {
                Inject(
                    "turns", ResetDisruption(),
                    schedule: Schedule(
                        for: .seconds(10), order: .serial, rampBefore: .seconds(2), rampAfter: .seconds(2)))
                Inject(
                    "pulses", ResetDisruption(),
                    schedule: Schedule(for: .seconds(5), repeating: .pulses(active: .seconds(2), dormant: .seconds(1))))
            }
            Workload(calls: 3, deadline: .seconds(60)) { _ in try await clock.sleep(for: .seconds(1)) }
            Expect { Foretold(outcome: .held) }
        }
    }

    /// How many calls the backend gets in a run in which nothing goes wrong.
    private static let calls = 47

    /// What a disturbed backend does at one of its calls.
    private func run(disturbing number: Int, _ disturb: @escaping @Sendable (Leash) throws -> Void) async throws -> (
        RunReport, RecordingBackend, MemoryJournal
    ) {
        let clock = SimulatedClock()
        let leash = Leash()
        let count = Mutex(0)
        let backend = RecordingBackend(clock: clock, targets: ["a", "b"]) { _ in
            let call = count.withLock { count in
                count += 1
                return count
            }
            if call == number { try disturb(leash) }
        }
        let journal = MemoryJournal()
        let experiment = Self.experiment(on: clock)
        let task = Task {
            await leash.untilHeld()
            return try await experiment.run(on: backend, clock: clock, journal: journal, guards: [])
        }
        leash.hold(task)
        return (try await task.value, backend, journal)
    }

    @Test func theUndisturbedRunMakesAsManyCallsAsTheTestsDisturb() async throws {
        let (report, backend, _) = try await run(disturbing: 0) { _ in }
        #expect(report.outcome == .passed)
        #expect(backend.calls.count == Self.calls)
        #expect(backend.inPlace.isEmpty)
    }

    @Test(arguments: 1...calls)
    func aCallThatFailsLeavesNothingOrSaysSo(number: Int) async throws {
        let (report, backend, journal) = try await run(disturbing: number) { _ in throw Broken("no") }
        let failed = backend.calls[number - 1].operation
        expectClean(report, backend, journal)
        #expect(!report.problems.isEmpty)
        switch failed {
        case .undo, .verifyUndone: #expect([.stopped, .notCleanedUp, .passed].contains(report.outcome))
        default: #expect(report.outcome == .notInjected)
        }
    }

    @Test(arguments: 1...calls)
    func aCancellationAtAnyCallLeavesNothing(number: Int) async throws {
        let (report, backend, journal) = try await run(disturbing: number) { $0.pull() }
        #expect(report.outcome == .stopped)
        #expect(report.stop?.cause == .cancelled)
        #expect(backend.inPlace.isEmpty)
        expectClean(report, backend, journal)
    }

    @Test(arguments: 1...calls)
    func aCancelledCallThatThrowsLeavesNothingOrSaysSo(number: Int) async throws {
        let (report, backend, journal) = try await run(disturbing: number) { leash in
            leash.pull()
            throw CancellationError()
        }
        expectClean(report, backend, journal)
        #expect([.stopped, .notCleanedUp].contains(report.outcome))
    }

    @Test(arguments: [0, 1, 2, 5, 11, 13, 20, 26, 28, 31, 40])
    func aCancellationAtAnySecondLeavesNothing(second: Int) async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock, targets: ["a", "b"])
        let experiment = Self.experiment(on: clock)
        let report = try await withTaskExecutorPreference(clock) {
            let task = Task(executorPreference: clock) {
                try await experiment.run(on: backend, clock: clock, guards: [])
            }
            try await clock.sleep(for: .milliseconds(second * 1000 + 500))
            task.cancel()
            return try await task.value
        }
        #expect(backend.inPlace.isEmpty)
        #expect(backend.armedUndos.isEmpty)
        // 2 ramp, 20 in turn, 2 ramp, 5 in pulses: over after 29 s.
        #expect(report.outcome == (second < 29 ? .stopped : .passed))
    }

    /// Whatever happened: either nothing is in place, or the report says so; and the journal tells the same story.
    private func expectClean(_ report: RunReport, _ backend: RecordingBackend, _ journal: MemoryJournal) {
        let isClean = backend.inPlace.isEmpty && backend.armedUndos.isEmpty
        #expect(isClean || report.outcome == .notCleanedUp)
        guard let last = journal.entries.last else { return }
        #expect(last == .ended(report.outcome))
        var open: Set<Int> = []
        for entry in journal.entries {
            switch entry {
            case .armingUndo(let step, _), .injecting(let step): open.insert(step)
            case .undone(let step): open.remove(step)
            default: break
            }
        }
        #expect(isClean || !open.isEmpty)
        #expect(!open.isEmpty == (report.outcome == .notCleanedUp))
    }
}
