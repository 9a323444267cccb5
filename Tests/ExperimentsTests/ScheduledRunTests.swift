import Evidence
import FaultModel
import Synchronization
import Testing

@testable import Experiments

@Suite struct ScheduledRunTests {
    /// Runs on simulated time and writes down what the backend was asked to change, and when.
    private func run(_ experiment: Experiment, targets: [String] = ["a"]) async throws -> (RunReport, [String]) {
        let clock = SimulatedClock()
        let changes = Notebook()
        let backend = RecordingBackend(clock: clock, targets: targets) { call in
            guard [.recheck, .inject, .undo].contains(call.operation) else { return }
            changes.write("\(clock.now.offset.components.seconds) \(call)")
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(backend.inPlace.isEmpty)
        #expect(backend.armedUndos.isEmpty)
        return (report, changes.lines)
    }

    @Test func targetsInTurnWithRamps() async throws {
        let experiment = Experiment("in turn") {
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(for: .seconds(60), order: .serial, rampBefore: .seconds(10), rampAfter: .seconds(20))
            )
        }
        let (report, changes) = try await run(experiment, targets: ["a", "b"])
        #expect(
            changes == [
                "10 recheck", "10 inject cut on a", "70 undo cut on a", "70 recheck", "70 inject cut on b",
                "130 undo cut on b",
            ])
        #expect(report.outcome == .passed)
        #expect(report.phases.map(\.phase) == [.rampBefore, .inject, .hold, .undo, .rampAfter, .evaluate])
        #expect(
            report.phases.map(\.duration) == [
                .seconds(10), .zero, .seconds(120), .zero, .seconds(20), .zero,
            ])
        #expect(report.steps.map(\.injections) == [1, 1])
    }

    @Test func faultsOfDifferentLengthsSideBySideAndInSeries() async throws {
        let experiment = Experiment("mixed") {
            Inject("always", ResetDisruption())
            Serial {
                Inject("first", ResetDisruption(), schedule: Schedule(for: .seconds(10)))
                Parallel {
                    Inject("second", ResetDisruption(), schedule: Schedule(for: .seconds(10)))
                    Inject("third", ResetDisruption(), schedule: Schedule(for: .seconds(20), rampBefore: .seconds(5)))
                }
            }
        }
        let (report, changes) = try await run(experiment)
        #expect(
            changes.filter { !$0.hasSuffix("recheck") } == [
                "0 inject always on a", "0 inject first on a", "10 undo first on a", "10 inject second on a",
                "15 inject third on a", "20 undo second on a", "35 undo third on a", "35 undo always on a",
            ])
        #expect(report.outcome == .passed)
    }

    @Test func noSwitchFiresInARunThatLives() async throws {
        let clock = SimulatedClock()
        let moments = Mutex<[String: [Duration]]>([:])
        let backend = RecordingBackend(clock: clock, targets: (1...20).map { "node-\($0)" }) { call in
            if call.operation == .inject { try await clock.sleep(for: .seconds(30)) }
            guard [.armUndo, .undo].contains(call.operation), let target = call.step?.target else { return }
            moments.withLock { $0[target, default: []].append(clock.now.offset + (call.delay ?? .zero)) }
        }
        let experiment = Experiment("many targets, slowly") {
            Inject("cut", ResetDisruption())
            Hold(for: .seconds(60))
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(report.outcome == .passed)
        let isEarly = moments.withLock { $0.values.map { $0.count == 2 && $0[1] < $0[0] } }
        #expect(isEarly == Array(repeating: true, count: 20))
    }

    @Test func pulsesThatAreDueAgainKeepNeitherOthersNorTheWorkloadWaiting() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock, targets: ["a", "b", "c", "d"]) { call in
            if call.operation == .inject { try await clock.sleep(for: .seconds(2)) }
        }
        let starts = Notebook()
        let experiment = Experiment("slow to inject") {
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(for: .seconds(30), repeating: .pulses(active: .seconds(1), dormant: .seconds(1))))
            Workload { starts.write("\(clock.now.offset.components.seconds)") }
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(starts.lines == ["8"])
        #expect(report.phases.first { $0.phase == .inject }?.duration == .seconds(8))
        #expect(backend.inPlace.isEmpty)
    }

    @Test func pulsesAreInjectedAgainAndAgain() async throws {
        let experiment = Experiment("pulses") {
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(for: .seconds(9), repeating: .pulses(active: .seconds(1), dormant: .seconds(3))))
            Hold(for: .seconds(60))
        }
        let (report, changes) = try await run(experiment)
        #expect(
            changes.filter { !$0.hasSuffix("recheck") } == [
                "0 inject cut on a", "1 undo cut on a", "4 inject cut on a", "5 undo cut on a", "8 inject cut on a",
                "9 undo cut on a",
            ])
        #expect(report.steps.map(\.injections) == [3])
        #expect(report.phases.first { $0.phase == .hold }?.duration == .seconds(60))
        // Nothing was left to undo, so there is no such phase.
        #expect(!report.phases.map(\.phase).contains(.undo))
    }

    @Test func aFaultIsLiftedWhileTheWorkloadGoesOn() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let inPlace = Notebook()
        let experiment = Experiment("shorter than the workload") {
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(3)))
            Workload(calls: 3, deadline: .seconds(60)) { call in
                inPlace.write("\(backend.inPlace.count)")
                try await clock.sleep(for: .seconds(2))
            }
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(inPlace.lines == ["1", "1", "0"])
        #expect(report.phases.first { $0.phase == .hold }?.duration == .seconds(6))
    }

    @Test func theDocumentedScheduleIsFollowed() async throws {
        let fault = try PodHTTPResetPeer(
            tunables: ["TOTAL_CHAOS_DURATION": "30", "RAMP_TIME": "5", "SEQUENCE": "serial"])
        let experiment = Experiment("documented") { Inject(fault, as: "cut", schedule: .documented) }
        let (report, changes) = try await run(experiment, targets: ["a", "b"])
        #expect(
            changes.filter { !$0.hasSuffix("recheck") } == [
                "5 inject cut on a", "35 undo cut on a", "35 inject cut on b", "65 undo cut on b",
            ])
        #expect(report.phases.last { $0.phase == .rampAfter }?.duration == .seconds(5))
    }

    @Test func theSwitchOnTheTargetWaitsForThePlannedTimeAndAMargin() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let experiment = Experiment("switch") {
            Inject("timed", ResetDisruption(), schedule: Schedule(for: .seconds(600)))
            Inject("open", ResetDisruption())
            Hold(for: .seconds(900))
        }
        _ = try await experiment.run(on: backend, clock: clock, guards: [])
        // A tenth more, and a minute: for the step, or for each of the two that the one without an end waits for.
        #expect(backend.calls.compactMap(\.delay) == [.seconds(720), .seconds(1110)])
    }

    @Test func noTwoCallsOfTheBackendOverlap() async throws {
        let clock = SimulatedClock()
        let under = Notebook()
        let backend = RecordingBackend(clock: clock, targets: ["a", "b", "c"]) { call in
            under.write("+")
            try await clock.sleep(for: .milliseconds(700))
            under.write("-")
        }
        let experiment = Experiment("many") {
            for number in 1...4 {
                Inject(
                    FaultName("f\(number)"), ResetDisruption(),
                    schedule: Schedule(for: .seconds(number), order: number.isMultiple(of: 2) ? .serial : .parallel))
            }
            Workload { try await clock.sleep(for: .seconds(5)) }
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(report.outcome == .passed)
        #expect(backend.inPlace.isEmpty)
        let pairs = stride(from: 0, to: under.lines.count, by: 2).allSatisfy {
            under.lines[$0...($0 + 1)] == ["+", "-"]
        }
        #expect(pairs)
    }

    @Test func anUndoThatFailsInTheMiddleEndsTheRun() async throws {
        let clock = SimulatedClock()
        let tries = Notebook()
        let backend = RecordingBackend(clock: clock, targets: ["a", "b"]) { call in
            guard call.description == "undo cut on a" else { return }
            tries.write("undo")
            if tries.lines.count == 1 { throw Broken("busy") }
        }
        let experiment = Experiment("stuck") {
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(10), order: .serial))
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(report.outcome == .stopped)
        #expect(report.stop?.cause == .undoFailed)
        #expect(backend.inPlace.isEmpty)
        #expect(report.steps.map(\.state) == [.reverted, .planned])
    }
}
