import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct RehearsalTests {
    @Test func aRehearsalTouchesNothingAndTellsEverything() async throws {
        let backend = RecordingBackend(
            clock: SimulatedClock(), targets: ["a", "b"], candidates: ["a", "b", "c", "d"])
        let experiment = Experiment("a bad hour") {
            BlastRadius(targets: 1)
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(
                    for: .seconds(360), order: .serial, rampBefore: .seconds(10), rampAfter: .seconds(20)))
            Inject("open", ResetDisruption())
            Workload(calls: 2, deadline: .seconds(30)) { _ in }
        }
        let rehearsal = try await experiment.rehearse(on: backend)
        #expect(backend.operations == ["plan"])
        #expect(backend.log.record.events.isEmpty)
        #expect(rehearsal.duration == .seconds(750))
        #expect(rehearsal.objections.count == 1)
        let text = rehearsal.description
        let timeline = text.split(separator: "\n").drop { $0 != "Timeline" }
        #expect(
            timeline.joined(separator: "\n") == """
                Timeline
                  0 s: inject open on a
                  0 s: inject open on b
                  10 s: inject cut on a
                  6 min 10 s: undo   cut on a
                  6 min 10 s: inject cut on b
                  12 min 10 s: undo   cut on b
                  12 min 10 s: undo   open on b
                  12 min 10 s: undo   open on a
                  12 min 30 s: over
                """)
        #expect(text.hasPrefix("a bad hour: up to 12 min 30 s on 2 of 4 targets\nNOT ALLOWED: the plan reaches 2"))
        #expect(
            text.contains("cut: for 6 min, one target after the other, after a ramp of 10 s, before a ramp of 20 s"))
    }

    @Test func theLastUndoTakesTheLatestFirstAsTheRehearsalSaid() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let experiment = Experiment("late and early") {
            Inject("late", ResetDisruption(), schedule: Schedule(for: .seconds(60), rampBefore: .seconds(10)))
            Inject("early", ResetDisruption())
        }
        let rehearsal = try await experiment.rehearse(on: backend)
        _ = try await experiment.run(on: backend, clock: clock, guards: [])
        let changes = backend.calls.filter { [.inject, .undo].contains($0.operation) }
        #expect(changes.map(\.step) == rehearsal.timeline.map(\.step))
        #expect(
            changes.map(\.description) == [
                "inject early on target", "inject late on target", "undo late on target", "undo early on target",
            ])
    }

    @Test func theRunTakesAsLongAsTheRehearsalSaid() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock, targets: ["a", "b", "c"])
        let experiment = Experiment("as rehearsed") {
            Serial {
                for number in 1...3 {
                    Inject(
                        FaultName("f\(number)"), ResetDisruption(),
                        schedule: Schedule(
                            for: .seconds(7 * number), order: .serial, rampBefore: .seconds(number),
                            repeating: .pulses(active: .seconds(2), dormant: .seconds(1))))
                }
            }
            Inject("side", ResetDisruption(), schedule: Schedule(for: .seconds(10), rampAfter: .seconds(5)))
        }
        let rehearsal = try await experiment.rehearse(on: backend)
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(clock.now.offset == rehearsal.duration)
        #expect(report.outcome == .passed)
        #expect(rehearsal.timeline.count == 24)
    }

    @Test func aWorkloadCountsWithItsDeadline() async throws {
        let experiment = Experiment("calls") {
            Inject("open", ResetDisruption())
            Workload(calls: 1, deadline: .seconds(30)) { _ in }
            Hold(for: .seconds(10))
        }
        let rehearsal = try await experiment.rehearse(on: RecordingBackend(clock: SimulatedClock()))
        #expect(rehearsal.duration == .seconds(31))
    }

    @Test func whatIsWrongIsSaidBeforeTheBackendIsAsked() async throws {
        let backend = RecordingBackend(clock: SimulatedClock())
        await #expect(throws: InvalidExperiment.self) { try await Experiment("empty") {}.rehearse(on: backend) }
        #expect(backend.calls.isEmpty)
    }
}
