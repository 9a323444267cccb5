import Evidence
import FaultModel
import Synchronization
import Testing

@testable import Experiments

@Suite struct ProbeSamplingTests {
    /// A minute under a fault, ten seconds of ramp on either side, and one probe.
    private func minute(_ probe: Probe) -> Experiment {
        Experiment("a minute") {
            SteadyState { probe }
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(for: .seconds(60), rampBefore: .seconds(10), rampAfter: .seconds(10)))
        }
    }

    private func run(_ probe: Probe, on clock: SimulatedClock) async throws -> (RunReport, ProbeResult) {
        let backend = RecordingBackend(clock: clock)
        let report = try await minute(probe).run(on: backend, clock: clock, guards: [])
        #expect(backend.inPlace.isEmpty)
        return (report, try #require(report.probes.first))
    }

    private func samples(_ report: RunReport) -> [Int64] {
        report.record.events.compactMap { event in
            guard case .probeEvaluated = event.fact else { return nil }
            return event.time.nanoseconds / 1_000_000_000
        }
    }

    @Test func aContinuousProbeIsAskedFromBeforeTheRampUntilTheUndo() async throws {
        let (report, result) = try await run(
            Probe("up", mode: .continuous, polling: .seconds(20)) { true }, on: SimulatedClock())
        #expect(samples(report) == [0, 20, 40, 60])
        #expect(result.samples == 4)
        #expect(result.passed)
        #expect(report.outcome == .passed)
        #expect(report.probes.count == 1)
    }

    @Test func aProbeOnChaosBeginsWithTheFirstInjection() async throws {
        let (report, result) = try await run(
            Probe("up", mode: .onChaos, polling: .seconds(25), initialDelay: .seconds(1)) { true },
            on: SimulatedClock())
        #expect(samples(report) == [11, 36, 61])
        #expect(result.samples == 3)
    }

    @Test func everySampleMustHold() async throws {
        let clock = SimulatedClock()
        let (report, result) = try await run(
            Probe("up", mode: .continuous, polling: .seconds(10)) {
                let second = clock.now.offset.components.seconds
                if second == 30 { throw Broken("reset at \(second)") }
                return second != 50
            }, on: clock)
        #expect(result.samples == 7)
        #expect(result.failures == 2)
        #expect(!result.passed)
        #expect(result.firstFailure?.nanoseconds == 30_000_000_000)
        #expect(result.detail == "reset at 30")
        #expect(report.outcome == .violated)
    }

    @Test func aSlowProbeSkipsWhatItMissed() async throws {
        let clock = SimulatedClock()
        let most = Mutex((now: 0, most: 0))
        let (report, result) = try await run(
            Probe("slow", mode: .onChaos, timeout: .seconds(60), polling: .seconds(1)) {
                most.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                try await clock.sleep(for: .milliseconds(7500))
                most.withLock { $0.now -= 1 }
                return true
            }, on: clock)
        #expect(most.withLock(\.most) == 1)
        // Begun at 10, 18, 26, …, 58 and 66; the last one is cut off by the undo at 70.
        #expect(result.samples == 7)
        #expect(result.duration == .milliseconds(7500))
        #expect(report.outcome == .passed)
    }

    @Test func attemptsHaveATimeoutEachAndAPauseBetweenThem() async throws {
        let clock = SimulatedClock()
        let asked = Notebook()
        let deaf = Deaf()
        defer { deaf.letGo() }
        let probe = Probe("shy", mode: .sot, timeout: .seconds(2), attempts: 3, interval: .seconds(5)) {
            asked.write("\(clock.now.offset.components.seconds)")
            if asked.lines.count < 3 { await deaf.wait() }
            return true
        }
        let (report, result) = try await run(probe, on: clock)
        #expect(asked.lines == ["0", "7", "14"])
        #expect(result.passed)
        #expect(result.duration == .seconds(14))
        #expect(report.outcome == .passed)
    }

    @Test func aSampleFailsWhenAllAttemptsDo() async throws {
        let (report, result) = try await run(
            Probe("never", mode: .edge, attempts: 3, interval: .milliseconds(1)) { throw Broken("refused") },
            on: SimulatedClock())
        #expect(result.detail == "refused (3 attempts)")
        #expect(report.outcome == .steadyStateNotMet)
    }

    @Test func theFirstSampleOfAContinuousProbeBelongsToTheSteadyState() async throws {
        let (report, result) = try await run(Probe("ill", mode: .continuous) { false }, on: SimulatedClock())
        #expect(report.outcome == .steadyStateNotMet)
        #expect(result.phase == .steadyStateBefore)
        #expect(!report.facts.contains(.faultArmed("cut")))
    }

    @Test func aProbeThatIsNeverAskedLeavesTheRunUndecided() async throws {
        let (report, result) = try await run(
            Probe("late", mode: .onChaos, initialDelay: .seconds(3600)) { true }, on: SimulatedClock())
        #expect(result.samples == 0)
        #expect(!result.passed)
        #expect(report.outcome == .inconclusive)
    }

    @Test func aQuestionAnswersWithItsDetail() async throws {
        let question = ProbeQuestion("queue") { .no("12 messages wait") }
        let (report, result) = try await run(
            Probe("depth", mode: .onChaos, polling: .seconds(30), asking: question), on: SimulatedClock())
        #expect(result.detail == "12 messages wait")
        #expect(result.failures == 2)
        #expect(report.outcome == .violated)
    }

    @Test func anInitialDelayComesBeforeTheFirstSampleAtAnEdge() async throws {
        let (report, _) = try await run(
            Probe("edge", mode: .edge, initialDelay: .seconds(4)) { true }, on: SimulatedClock())
        #expect(samples(report) == [4, 88])
    }
}
