import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct StopTests {
    private func run(_ experiment: Experiment, on clock: SimulatedClock) async throws -> RunReport {
        let backend = RecordingBackend(clock: clock)
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(backend.inPlace.isEmpty)
        #expect(backend.armedUndos.isEmpty)
        return report
    }

    @Test func aProbeThatFailsSeveralTimesInARowStopsTheRun() async throws {
        let clock = SimulatedClock()
        let start = line()
        let experiment = Experiment("stops") {
            SteadyState {
                Probe("shop", mode: .continuous, polling: .seconds(1)) {
                    // Fails at 5 and 6, recovers, fails from 10 on.
                    ![5, 6, 10, 11, 12, 13].contains(clock.now.offset.components.seconds)
                }
            }
            StopWhen { ProbeFails("shop", times: 3) }  // start + 8
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(3600), rampAfter: .seconds(60)))
            Expect { Foretold(outcome: .held) }
        }
        let report = try await run(experiment, on: clock)
        #expect(report.outcome == .stopped)
        #expect(report.stop?.cause == .probe)
        #expect(report.stop?.reason == "probe \"shop\" failed 3 times in a row: it answered no")
        #expect(report.stop?.place?.line == start + 8)
        // Undone at once, without the ramp, and nothing else is judged.
        #expect(clock.now.offset == .seconds(12))
        #expect(!report.phases.map(\.phase).contains(.rampAfter))
        #expect(report.verdicts.map(\.verdict.outcome) == [.inconclusive])
        let isNoted = report.facts.contains { fact in
            guard case .note(let text) = fact else { return false }
            return text.hasPrefix("stopped: probe")
        }
        #expect(isNoted)
    }

    @Test func stopOnFailureReallyStops() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("stops") {
            SteadyState {
                Probe("shop", mode: .onChaos, polling: .seconds(10), stopOnFailure: true) {
                    clock.now.offset < .seconds(30)
                }
            }
            Inject("cut", ResetDisruption())
            Workload(calls: 1, deadline: .seconds(100)) { _ in try await clock.sleep(for: .seconds(90)) }
        }
        let report = try await run(experiment, on: clock)
        #expect(report.outcome == .stopped)
        #expect(report.stop?.place == experiment.probes.first?.place)
        #expect(report.outcomes == [.threw("CancellationError()")])
        #expect(clock.now.offset == .seconds(30))
    }

    @Test func timeSinceTheFirstInjectionStopsTheRun() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("stops") {
            StopWhen { Elapsed(.seconds(600)) }
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(3600), rampBefore: .seconds(50)))
        }
        let report = try await run(experiment, on: clock)
        #expect(report.outcome == .stopped)
        #expect(report.stop?.cause == .condition)
        #expect(report.stop?.reason == "10 min have passed since the first injection")
        #expect(clock.now.offset == .seconds(650))
    }

    @Test func aCallThatHangsViolatesAnExpectationOnTheWay() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("stops") {
            StopWhen { Violated(EveryCallEnds(within: .seconds(5))) }
            Inject("cut", ResetDisruption())
            Workload(calls: 1, deadline: .seconds(3600)) { _ in try await clock.sleep(for: .seconds(1800)) }
        }
        let report = try await run(experiment, on: clock)
        #expect(report.outcome == .stopped)
        #expect(report.stop?.reason.hasPrefix("every call ends within 5 s: violated.") == true)
        // Asked ten times a second, so it is seen with the first question after 5 s.
        #expect(clock.now.offset == .milliseconds(5100))
    }

    @Test func aConditionThatIsMetRightBeforeTheEndIsNotMissed() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("short") {
            StopWhen { Violated(EveryCallEnds(within: .milliseconds(10))) }
            Inject("cut", ResetDisruption())
            // Over before the first of the questions that are asked ten times a second.
            Workload(calls: 1) { _ in try await clock.sleep(for: .milliseconds(50)) }
        }
        let report = try await run(experiment, on: clock)
        #expect(report.outcome == .stopped)
        #expect(report.stop?.reason.hasPrefix("every call ends within 10 ms: violated.") == true)
        #expect(clock.now.offset == .milliseconds(50))
    }

    @Test func aConditionThatIsNotMetStopsNothing() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("goes on") {
            SteadyState { Probe("shop", mode: .continuous) { true } }
            StopWhen {
                ProbeFails("shop")
                Violated(EveryCallEnds(within: .seconds(5)))
                Elapsed(.seconds(61))
            }
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(60), rampAfter: .seconds(60)))
            Workload(calls: 100) { _ in try await clock.sleep(for: .milliseconds(100)) }
        }
        let report = try await run(experiment, on: clock)
        #expect(report.outcome == .passed)
        #expect(report.stop == nil)
    }

    @Test func aProbeMayStopTheRunDuringTheRamp() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("stops") {
            SteadyState {
                Probe("shop", mode: .continuous, stopOnFailure: true) { clock.now.offset < .seconds(5) }
            }
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(60), rampBefore: .seconds(10)))
        }
        let report = try await run(experiment, on: clock)
        #expect(report.outcome == .stopped)
        #expect(report.steps.map(\.state) == [.planned])
        #expect(report.phases.map(\.phase) == [.steadyStateBefore, .rampBefore, .evaluate])
    }

    @Test func aStopBetweenSwitchAndInjectionInjectsNoMore() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock, targets: ["a", "b"]) { call in
            if call.description == "armUndo cut on b" { try await clock.sleep(for: .seconds(10)) }
        }
        let experiment = Experiment("stops") {
            SteadyState {
                Probe("shop", mode: .continuous, stopOnFailure: true) { clock.now.offset < .seconds(5) }
            }
            Inject("cut", ResetDisruption())
            Hold(for: .seconds(60))
        }
        let report = try await experiment.run(on: backend, clock: clock, guards: [])
        #expect(report.outcome == .stopped)
        #expect(!backend.operations.contains("inject cut on b"))
        #expect(backend.operations.contains("undo cut on b"))
        #expect(report.steps.map(\.state) == [.reverted, .reverted])
        #expect(report.steps.map(\.injections) == [1, 0])
        #expect(backend.armedUndos.isEmpty)
    }
}
