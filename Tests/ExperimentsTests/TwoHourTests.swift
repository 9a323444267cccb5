import Evidence
import FaultModel
import Testing

@testable import Experiments

/// Two hours over twenty targets, with a probe each second, take a fraction of a second on the simulated clock.
@Suite struct TwoHourTests {
    private let experiment = Experiment("a bad day") {
        SteadyState {
            Probe("shop answers", mode: .continuous, timeout: .milliseconds(500)) { true }
        }
        BlastRadius(targets: 20, duration: .seconds(7200 + 120))
        StopWhen {
            ProbeFails("shop answers", times: 3)
            Violated(EveryCallEnds(within: .seconds(5)))
            Elapsed(.seconds(8000))
        }
        Inject(
            "cut", ResetDisruption(),
            schedule: Schedule(
                for: .seconds(360), order: .serial, rampBefore: .seconds(60), rampAfter: .seconds(60)))
    }

    @Test func aRehearsalOfTwoHoursTakesAFractionOfASecond() async throws {
        let targets = (1...20).map { "node-\($0)" }
        let stopwatch = ContinuousClock()
        var lengths: [Duration] = []
        for _ in 0..<3 {
            let clock = SimulatedClock()
            let backend = RecordingBackend(clock: clock, targets: targets)
            let start = stopwatch.now
            let report = try await experiment.run(on: backend, clock: clock, guards: [])
            lengths.append(start.duration(to: stopwatch.now))
            #expect(report.outcome == .passed)
            #expect(clock.now.offset == .seconds(7200 + 120))
            // One before the ramp, then one each second until the last undo.
            #expect((7259...7261).contains(report.probes.first?.samples ?? 0))
            #expect(backend.inPlace.isEmpty)
        }
        print("two hours on 20 targets: \(lengths)")
        #expect((lengths.min() ?? .seconds(60)) < .seconds(2))
    }
}
