import FaultLab
import FaultLabTestSupport
import Testing

/// Experiments in a lab: every outcome, and nothing left armed after any of them.
@Suite struct LabRunTests {
    /// Runs an experiment with one fault against a stub of its own, and checks that it was undone.
    private func perform(
        seed: UInt64 = 1, serving handler: @escaping HTTPStub.Handler = { _ in .ok() },
        _ experiment: (Lab) -> Experiment
    ) async throws -> RunReport {
        try await withLab(serving: handler, seed: seed) { lab in
            let report = try await lab.run(experiment(lab))
            #expect(lab.proxy.armedFaults == [])
            #expect(report.seed == seed)
            return report
        }
    }

    @Test func aFaultOfTheLabIsNotLiftedByARunThatInjectsItsName() async throws {
        let fault = PodHTTPResetPeer(toxicity: 50)
        try await withLab(serving: { _ in .ok() }, faults: [fault]) { lab in
            let report = try await lab.run(
                Experiment("same name") {
                    Inject(fault)
                    Hold(for: .milliseconds(1))
                })
            #expect(report.outcome == .notInjected)
            #expect(report.problems.map(\.description).contains { $0.contains("is armed at") })
            #expect(lab.proxy.armedFaults == ["pod-http-reset-peer"])
        }
    }

    @Test func aRunPasses() async throws {
        let report = try await perform(seed: 7) { lab in
            Experiment("three of ten") {
                SteadyState { lab.probe("answers", get: "/health") }
                Inject(PodHTTPResetPeer(toxicity: 30))
                Workload(calls: 20, concurrency: 4) { call in try await get(lab, "/\(call.number)") }
                Expect {
                    FaultsInjected(atLeast: 6)
                    EveryCallEnds(within: .seconds(10))
                }
            }
        }
        #expect(report.outcome == .passed)
        #expect(report.outcome.exitCode == 0)
        #expect(report.probes.map(\.passed) == [true, true])
        #expect(report.steps.map(\.state) == [.reverted])
        #expect(report.record.tally.resets == 6)
        let threw = report.record.calls.count { if case .threw = $0.outcome { true } else { false } }
        #expect(threw == 6)
    }

    @Test func aViolatedRunSaysSo() async throws {
        let report = try await perform { lab in
            Experiment("asks for more than there is") {
                Inject(PodHTTPResetPeer(toxicity: 50))
                Workload(calls: 4) { _ in try await get(lab) }
                Expect { FaultsInjected(atLeast: 3) }
            }
        }
        #expect(report.outcome == .violated)
        #expect(report.outcome.exitCode == 1)
        #expect(report.verdicts.first?.verdict.outcome == .violated)
        #expect(report.verdicts.first?.place?.fileID.hasSuffix("LabRunTests.swift") == true)
    }

    @Test func aFaultThatTouchedNothingFailsTheRun() async throws {
        let report = try await perform { lab in
            Experiment("no effect") {
                Inject(PodHTTPResetPeer(toxicity: 0))
                Workload(calls: 3) { _ in try await get(lab) }
                Expect { EveryCallEnds(within: .seconds(10)) }
            }
        }
        #expect(report.outcome == .noEffect)
        #expect(report.outcome.exitCode == 5)
        #expect(report.record.tally.spared == 3)
    }

    @Test func aRunWithoutEffectMayBeAllowed() async throws {
        let report = try await perform { lab in
            Experiment("no effect, on purpose") {
                Inject(PodHTTPResetPeer(toxicity: 0))
                Workload(calls: 3) { _ in try await get(lab) }
                Expect { AllowNoEffect() }
            }
        }
        #expect(report.outcome == .passed)
    }

    @Test func nothingIsInjectedIntoAnIllSystem() async throws {
        let report = try await perform(serving: { _ in HTTPStubAnswer(status: 500) }) { lab in
            Experiment("ill from the start") {
                SteadyState { lab.probe("answers", get: "/health") }
                Inject(PodHTTPResetPeer())
                Workload(calls: 3) { _ in try await get(lab) }
                Expect { FaultsInjected(atLeast: 1) }
            }
        }
        #expect(report.outcome == .steadyStateNotMet)
        #expect(report.outcome.exitCode == 5)
        #expect(report.record.tally.faults == [])
        #expect(report.record.tally.calls == 0)
        #expect(report.steps.map(\.state) == [.planned])
        #expect(report.verdicts.allSatisfy { $0.verdict.outcome == .inconclusive })
    }

    @Test func aSystemThatDoesNotRecoverViolates() async throws {
        let report = try await perform(serving: { $0.number == 1 ? .ok() : HTTPStubAnswer(status: 503) }) { lab in
            Experiment("does not recover") {
                SteadyState { lab.probe("answers", get: "/health") }
                Inject(PodHTTPResetPeer())
                Workload(calls: 1) { _ in try await get(lab) }
                Expect { FaultsInjected(atLeast: 1) }
            }
        }
        #expect(report.outcome == .violated)
        #expect(report.probes.map(\.passed) == [true, false])
    }

    @Test func aCallThatHangsIsOverdueAndTheFaultIsUndone() async throws {
        let report = try await perform(serving: { $0.target == "/slow" ? .ok(after: .seconds(60)) : .ok() }) { lab in
            Experiment("hangs") {
                Inject("first", ResetDisruption(selection: .first(1)))
                // Blocks on a thread of its own, so no cancellation reaches it; the end of the lab does.
                Workload(calls: 2, deadline: .milliseconds(600)) { call in
                    try await get(lab, call.number == 1 ? "/" : "/slow")
                }
                Expect { EveryCallEnds(within: .seconds(10)) }
            }
        }
        #expect(report.outcome == .violated)
        #expect(report.record.calls.map(\.outcome).last == .overdue)
        #expect(report.record.tally.overdueCalls == 1)
        #expect(report.steps.map(\.state) == [.reverted])
        #expect(report.record.events.contains { $0.fact == .faultLifted("first") })
    }

    @Test func aCancelledRunIsUndone() async throws {
        let labs = Tally<Lab>()
        let task = Task {
            try await perform { lab in
                labs.add(lab)
                return Experiment("is cancelled") {
                    Inject(PodHTTPResetPeer(resetTimeout: .seconds(30)))
                    Workload(calls: 1) { _ in try await get(lab) }
                    Expect { FaultsInjected(atLeast: 1) }
                }
            }
        }
        let lab = try #require(try await eventually { labs.entries.first })
        _ = try await eventually { lab.log.tally.selected == 1 ? true : nil }
        task.cancel()
        let report = try await task.value
        #expect(report.outcome == .stopped)
        #expect(report.steps.map(\.state) == [.reverted])
        #expect(report.record.tally.resets == 0)
        #expect(report.record.tally.cancelledResets == 1)
    }

    @Test func aSeedRepeatsARun() async throws {
        func selected(seed: UInt64) async throws -> [Bool] {
            try await perform(seed: seed) { lab in
                Experiment("repeats") {
                    Inject(PodHTTPResetPeer(toxicity: 30))
                    Workload(calls: 30) { call in try await get(lab, "/\(call.number)") }
                    Expect { FaultsInjected(atLeast: 9) }
                }
            }.record.requests.map(\.isSelected)
        }
        let first = try await selected(seed: 1)
        #expect(first.count == 30)
        #expect(first.count { $0 } == 9)
        #expect(try await selected(seed: 1) == first)
        #expect(try await selected(seed: 2) != first)
    }

    @Test func anInvalidExperimentChangesNothing() async throws {
        try await withLab(serving: { _ in .ok() }) { lab in
            let experiment = Experiment("invalid") {
                Inject(PodHTTPResetPeer(resetTimeout: .seconds(-1)))
                Workload(calls: 0) { _ in }
                Expect { FaultsInjected(atLeast: 1) }
            }
            let error = await #expect(throws: InvalidExperiment.self) { try await lab.run(experiment) }
            #expect((error?.diagnostics.count ?? 0) >= 2)
            #expect(lab.facts == [])
        }
    }
}
