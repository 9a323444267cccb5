import Evidence
import FaultModel
import Testing

@testable import Experiments

/// The largest experiment that anybody could want to write in one piece, for the type checker.
///
/// It is checked in a fifth of a second. A build that prints no warning about it shows that it still is:
///
///     swift build --build-tests -Xswiftc -Xfrontend -Xswiftc -warn-long-function-bodies=300
@Suite struct LargestExampleTests {
    @Test func itIsCompleteAndValid() {
        let experiment = largestExample(many: true)
        #expect(experiment.diagnose().isEmpty)
        #expect(experiment.probes.count == 21)
        #expect(experiment.injections.count == 24)
        #expect(experiment.stopConditions.count == 7)
    }
}

private struct Service: Sendable {
    func answers(_ number: Int) async throws -> Bool { number > 0 }
}

private func largestExample(many: Bool) -> Experiment {
    let service = Service()
    return Experiment("the largest example") {
        SteadyState {
            Probe("probe 1", mode: .continuous, timeout: .seconds(2), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(1)
            }
            Probe("probe 2", mode: .onChaos, timeout: .seconds(3), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(2)
            }
            Probe("probe 3", mode: .edge, timeout: .seconds(4), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(3)
            }
            Probe("probe 4", mode: .sot, timeout: .seconds(5), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(4)
            }
            Probe("probe 5", mode: .eot, timeout: .seconds(1), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(5)
            }
            Probe("probe 6", mode: .edge, timeout: .seconds(2), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(6)
            }
            Probe("probe 7", mode: .continuous, timeout: .seconds(3), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(7)
            }
            Probe("probe 8", mode: .onChaos, timeout: .seconds(4), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(8)
            }
            Probe("probe 9", mode: .edge, timeout: .seconds(5), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(9)
            }
            Probe("probe 10", mode: .sot, timeout: .seconds(1), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(10)
            }
            Probe("probe 11", mode: .eot, timeout: .seconds(2), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(11)
            }
            Probe("probe 12", mode: .edge, timeout: .seconds(3), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(12)
            }
            Probe("probe 13", mode: .continuous, timeout: .seconds(4), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(13)
            }
            Probe("probe 14", mode: .onChaos, timeout: .seconds(5), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(14)
            }
            Probe("probe 15", mode: .edge, timeout: .seconds(1), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(15)
            }
            Probe("probe 16", mode: .sot, timeout: .seconds(2), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(16)
            }
            Probe("probe 17", mode: .eot, timeout: .seconds(3), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(17)
            }
            Probe("probe 18", mode: .edge, timeout: .seconds(4), attempts: 2, interval: .milliseconds(100)) {
                try await service.answers(18)
            }
            if many {
                Probe("queue", mode: .continuous, asking: ProbeQuestion("queue") { .yes("short") })
            }
            for number in 1...2 { Probe("numbered \(number)", mode: .edge) { try await service.answers(number) } }
        }
        BlastRadius(targets: 3, share: 50, duration: .seconds(7200), protecting: ["db-0", "db-1"])
        StopWhen {
            ProbeFails("probe 1", times: 3)
            ProbeFails("probe 2", times: 2)
            Violated(EveryCallEnds(within: .seconds(5)))
            Elapsed(.seconds(600))
            if many { ProbeFails("queue") } else { Elapsed(.seconds(60)) }
            for limit in [700, 800] { Elapsed(.seconds(limit)) }
        }
        Inject(
            PodHTTPResetPeer(toxicity: 5, resetTimeout: .milliseconds(10)), as: "fault-1",
            schedule: Schedule(for: .seconds(10), order: .serial, rampBefore: .seconds(1)), weight: 2)
        Inject(
            PodHTTPResetPeer(toxicity: 10, resetTimeout: .milliseconds(20)), as: "fault-2",
            schedule: Schedule(for: .seconds(20), order: .serial, rampBefore: .seconds(1)), weight: 3)
        Inject(
            PodHTTPResetPeer(toxicity: 15, resetTimeout: .milliseconds(30)), as: "fault-3",
            schedule: Schedule(for: .seconds(30), order: .serial, rampBefore: .seconds(1)), weight: 4)
        Inject(
            PodHTTPResetPeer(toxicity: 20, resetTimeout: .milliseconds(40)), as: "fault-4",
            schedule: Schedule(for: .seconds(40), order: .serial, rampBefore: .seconds(1)), weight: 5)
        Inject(
            PodHTTPResetPeer(toxicity: 25, resetTimeout: .milliseconds(50)), as: "fault-5",
            schedule: Schedule(for: .seconds(50), order: .serial, rampBefore: .seconds(1)), weight: 6)
        Inject(
            PodHTTPResetPeer(toxicity: 30, resetTimeout: .milliseconds(60)), as: "fault-6",
            schedule: Schedule(for: .seconds(60), order: .serial, rampBefore: .seconds(1)), weight: 7)
        Inject(
            PodHTTPResetPeer(toxicity: 35, resetTimeout: .milliseconds(70)), as: "fault-7",
            schedule: Schedule(for: .seconds(70), order: .serial, rampBefore: .seconds(1)), weight: 8)
        Inject(
            PodHTTPResetPeer(toxicity: 40, resetTimeout: .milliseconds(80)), as: "fault-8",
            schedule: Schedule(for: .seconds(80), order: .serial, rampBefore: .seconds(1)), weight: 9)
        Inject(
            PodHTTPResetPeer(toxicity: 45, resetTimeout: .milliseconds(90)), as: "fault-9",
            schedule: Schedule(for: .seconds(90), order: .serial, rampBefore: .seconds(1)), weight: 10)
        Inject(
            PodHTTPResetPeer(toxicity: 50, resetTimeout: .milliseconds(100)), as: "fault-10",
            schedule: Schedule(for: .seconds(100), order: .serial, rampBefore: .seconds(1)), weight: 1)
        Serial {
            Inject(
                "inner-1", ResetDisruption(delay: .milliseconds(1), selection: .first(1)),
                schedule: Schedule(for: .seconds(1)))
            Inject(
                "inner-2", ResetDisruption(delay: .milliseconds(2), selection: .first(2)),
                schedule: Schedule(for: .seconds(2)))
            Inject(
                "inner-3", ResetDisruption(delay: .milliseconds(3), selection: .first(3)),
                schedule: Schedule(for: .seconds(3)))
            Inject(
                "inner-4", ResetDisruption(delay: .milliseconds(4), selection: .first(4)),
                schedule: Schedule(for: .seconds(4)))
            Inject(
                "inner-5", ResetDisruption(delay: .milliseconds(5), selection: .first(5)),
                schedule: Schedule(for: .seconds(5)))
            Inject(
                "inner-6", ResetDisruption(delay: .milliseconds(6), selection: .first(6)),
                schedule: Schedule(for: .seconds(6)))
            Parallel {
                Inject("side-1", ResetDisruption(), schedule: .init(for: .seconds(60)))
                Serial {
                    Inject("side-2", ResetDisruption(), schedule: Schedule(for: .seconds(30)))
                    Inject(
                        "side-3", ResetDisruption(),
                        schedule: Schedule(
                            for: .seconds(60), repeating: .pulses(active: .seconds(2), dormant: .seconds(5))))
                }
                if many { Inject(PodHTTPResetPeer(), as: "side-4", schedule: .documented) }
            }
            for number in 1...3 {
                Inject(FaultName("loop-\(number)"), ResetDisruption(), schedule: Schedule(for: .seconds(number)))
            }
        }
        if many {
            Inject("conditional", ResetDisruption(selection: .every(3)))
        }
        Workload(calls: 300, concurrency: 8, deadline: .seconds(600)) { call in
            _ = try await service.answers(call.number)
        }
        Hold(for: .seconds(300))
        Expect {
            FaultsInjected(atLeast: 9)
            EveryCallEnds(within: .seconds(5))
            if many { FaultsInjected(atLeast: 1, by: "fault-1") }
            for number in 2...10 { FaultsInjected(atLeast: 1, by: FaultName("fault-\(number)")) }
        }
    }
}
