import Evidence
public import FaultModel

extension Experiment {
    /// Finds everything that is wrong with the experiment, all at once, without running any of it.
    ///
    /// - Parameter deployment: Where the faults are to be applied. On a platform a documented fault has to say more than on
    ///   loopback; a run asks for what its backend needs.
    /// - Returns: One diagnostic for each broken rule, phase by phase in the order of the DSL; empty for an experiment
    ///   that can be run.
    public func diagnose(for deployment: Deployment = .loopback) -> [ExperimentDiagnostic] {
        var found: [ExperimentDiagnostic] = []
        if name.isEmpty {
            found.append(.init(.emptyName, "the experiment has no name", hint: "say what it asks", at: place))
        }
        found += diagnoseSteadyState()
        found += diagnoseLimits()
        found += diagnoseFaults(for: deployment)
        found += diagnoseSchedules()
        found += diagnoseHold()
        found += diagnoseExpectations()
        return found
    }

    private func diagnoseSteadyState() -> [ExperimentDiagnostic] {
        var found = ExperimentDiagnostic.repeated(
            parts.steadyStates.map(\.place), phase: "SteadyState", hint: "put all probes into one")
        for phase in parts.steadyStates where phase.probes.isEmpty {
            found.append(
                .init(.emptyPhase, "SteadyState has no probe", hint: "add a Probe or remove it", at: phase.place))
        }
        for probe in probes {
            if probe.name.isEmpty {
                found.append(.init(.emptyName, "a probe has no name", hint: "say what it asks", at: probe.place))
            }
            found += probe.problems.map { problem in
                .init(
                    .invalidProbe, "probe \"\(probe.name)\": \(problem)", hint: "correct the question", at: probe.place)
            }
            if probe.stopOnFailure, !probe.mode.asksDuring {
                found.append(
                    .init(
                        .probeAtEdges,
                        "probe \"\(probe.name)\" cannot stop the run: mode \(probe.mode) never asks while it goes on",
                        hint: "give it mode: .continuous or .onChaos", at: probe.place))
            }
            found += diagnoseNumbers(of: probe)
        }
        found += ExperimentDiagnostic.duplicates(probes.map { ($0.name, $0.place) }).map { name, place in
            .init(.duplicateProbeName, "a probe named \"\(name)\" exists already", hint: "rename one", at: place)
        }
        return found
    }

    private func diagnoseNumbers(of probe: Probe) -> [ExperimentDiagnostic] {
        let (owner, place) = ("of probe \"\(probe.name)\"", probe.place)
        return ExperimentDiagnostic.positive(probe.timeout, "the timeout \(owner)", at: place)
            + ExperimentDiagnostic.atLeastOne(probe.attempts, "the number of attempts \(owner)", at: place)
            + ExperimentDiagnostic.notNegative(probe.interval, "the interval \(owner)", at: place)
            + ExperimentDiagnostic.positive(probe.polling, "the polling time \(owner)", at: place)
            + ExperimentDiagnostic.notNegative(probe.initialDelay, "the initial delay \(owner)", at: place)
    }

    private func diagnoseFaults(for deployment: Deployment) -> [ExperimentDiagnostic] {
        guard !injections.isEmpty else {
            return [.init(.noFault, "the experiment injects no fault", hint: "add Inject(…)", at: place)]
        }
        var found: [ExperimentDiagnostic] = []
        for injection in injections {
            if injection.name.text.isEmpty {
                found.append(
                    .init(
                        .emptyName, "a fault has no name", hint: "events refer to faults by name",
                        at: injection.place))
            }
            found += problems(of: injection, for: deployment).map { problem in
                .init(
                    .invalidFault, "fault \"\(injection.name)\": \(problem)", hint: "correct the value",
                    at: injection.place)
            }
        }
        found += ExperimentDiagnostic.duplicates(injections.map { ($0.name.text, $0.place) }).map { name, place in
            .init(
                .duplicateFaultName, "a fault named \"\(name)\" exists already",
                hint: "give each a name of its own, as in Inject(…, as: \"second\")", at: place)
        }
        return found
    }

    /// A fault that claims to be fine and then cannot be lowered is found here too, before anything changes.
    private func problems(of injection: Inject, for deployment: Deployment) -> [String] {
        let problems = injection.fault.problems(for: deployment)
        guard problems.isEmpty else { return problems }
        do {
            _ = try injection.fault.lowered()
            return []
        } catch {
            return ["\(error)"]
        }
    }

    private func diagnoseHold() -> [ExperimentDiagnostic] {
        var found = ExperimentDiagnostic.repeated(
            parts.workloads.map(\.place), phase: "Workload", hint: "drive all calls from one")
        found += ExperimentDiagnostic.repeated(parts.holds.map(\.place), phase: "Hold", hint: "keep the longest")
        for workload in parts.workloads {
            found += ExperimentDiagnostic.atLeastOne(workload.calls, "the number of calls", at: workload.place)
            found += ExperimentDiagnostic.atLeastOne(workload.concurrency, "the concurrency", at: workload.place)
            found += ExperimentDiagnostic.positive(
                workload.deadline, "the deadline of the workload", at: workload.place)
        }
        for hold in parts.holds {
            found += ExperimentDiagnostic.positive(hold.duration, "the hold time", at: hold.place)
        }
        let isTimed = injections.contains { $0.timing?.duration != nil }
        if parts.workloads.isEmpty, parts.holds.isEmpty, !isTimed {
            found.append(
                .init(
                    .nothingHeld, "nothing goes on under the faults: there is neither a workload nor a hold time",
                    hint: "add Workload { … }, Hold(for: …) or a schedule", at: place))
        }
        return found
    }

    private func diagnoseExpectations() -> [ExperimentDiagnostic] {
        var found = ExperimentDiagnostic.repeated(
            parts.expects.map(\.place), phase: "Expect", hint: "put all expectations into one")
        for phase in parts.expects where phase.expectations.isEmpty {
            found.append(
                .init(.emptyPhase, "Expect holds nothing", hint: "add an expectation or remove it", at: phase.place))
        }
        return found
    }
}
