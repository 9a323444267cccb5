import FaultLab
import FaultLabTestSupport
import Testing

/// Schedules on real sockets and real time.
@Suite struct ScheduleTests {
    @Test func aScheduledFaultIsLiftedWhileTheWorkloadGoesOn() async throws {
        try await withLab(serving: { _ in .ok() }) { lab in
            let report = try await lab.run(
                Experiment("one second") {
                    SteadyState { Probe("lab is there", mode: .onChaos, polling: .milliseconds(10)) { true } }
                    Inject(
                        "cut", ResetDisruption(),
                        schedule: Schedule(for: .seconds(1), rampBefore: .milliseconds(20)))
                    // Goes on until the fault is gone, however slow the machine is.
                    Workload(deadline: .seconds(30)) {
                        while true {
                            let before = lab.log.tally
                            let isLifted = lab.proxy.armedFaults.isEmpty
                            let outcome = try await lab.fetch("/")
                            if isLifted, case .answered = outcome, before.resets > 0 { return }
                        }
                    }
                    Expect { FaultsInjected(atLeast: 1) }
                })
            #expect(report.outcome == .passed)
            #expect(lab.proxy.armedFaults == [])
            let events = report.record.events
            let armed = try #require(events.first { $0.fact == .faultArmed("cut") })
            let lifted = try #require(events.first { $0.fact == .faultLifted("cut") })
            #expect(lifted.time - armed.time >= .seconds(1))
            #expect(report.phases.map(\.phase).first == .rampBefore)
            #expect((report.phases.first?.duration ?? .zero) >= .milliseconds(20))
            // The call ended after the fault was gone, so the workload did not wait for it, nor it for the workload.
            let ended = try #require(report.record.calls.first?.ended)
            #expect(ended.time >= lifted.time)
            #expect(report.probes.first?.failures == 0)
        }
    }

    @Test func pulsesComeAndGo() async throws {
        try await withLab(serving: { _ in .ok() }) { lab in
            let experiment = Experiment("pulses") {
                // Ends the run as soon as two pulses have come, however long a busy machine takes for them.
                StopWhen { Violated(FewerPulses(than: 2)) }
                Inject(
                    "cut", ResetDisruption(),
                    schedule: Schedule(
                        for: .seconds(120), repeating: .pulses(active: .milliseconds(5), dormant: .milliseconds(10))))
                Expect { AllowNoEffect() }
            }
            let report = try await lab.run(experiment)
            #expect(report.outcome == .stopped)
            let facts = report.record.events.map(\.fact)
            let armed = facts.count { $0 == .faultArmed("cut") }
            #expect(armed >= 2)
            #expect(facts.count { $0 == .faultLifted("cut") } == armed)
            #expect(report.steps.map(\.injections) == [armed])
        }
    }

    @Test func aShareIsExactOverAllPulsesAndBeginsAnewWithEachRun() async throws {
        try await withLab(serving: { _ in .ok() }) { lab in
            let fault = FaultOrder(name: "cut", disruption: .reset(ResetDisruption(selection: .exactFraction(50))))
            let plan = try await lab.plan(for: PlanRequest(experiment: "pulses", faults: [fault]))
            let step = try #require(plan.steps.first)
            var picks: [[Bool]] = []
            for _ in 1...2 {
                try await lab.preflight(plan)
                var run: [Bool] = []
                // One request in each pulse: if each pulse began anew, all of them would share one fate.
                for _ in 1...20 {
                    try await lab.inject(step)
                    let before = lab.log.tally.resets
                    _ = try await lab.fetch("/")
                    try await lab.undo(step)
                    run.append(lab.log.tally.resets > before)
                }
                #expect(run.count { $0 } == 10)
                picks.append(run)
            }
            #expect(picks[0] == picks[1])
        }
    }
}

/// Holds until a fault has been armed so many times.
private struct FewerPulses: RunExpectation {
    let limit: Int

    init(than limit: Int) { self.limit = limit }

    func evaluate(_ record: EventRecord) -> Verdict {
        let count = record.events.count { if case .faultArmed = $0.fact { true } else { false } }
        return Verdict(
            expectation: "fewer than \(limit) pulses", outcome: count < limit ? .held : .violated,
            explanation: "\(count) came")
    }
}
