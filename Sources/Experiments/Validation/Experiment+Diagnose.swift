import Evidence
import FaultModel

extension Experiment {
    /// Finds everything that is wrong with the experiment, all at once, without running any of it.
    ///
    /// - Returns: One diagnostic for each broken rule, phase by phase in the order of the DSL; empty for an experiment
    ///   that can be run.
    public func diagnose() -> [ExperimentDiagnostic] {
        var found: [ExperimentDiagnostic] = []
        if name.isEmpty {
            found.append(.init(.emptyName, "the experiment has no name", hint: "say what it asks", at: place))
        }
        found += diagnoseSteadyState()
        found += diagnoseFaults()
        found += diagnoseHold()
        found += diagnoseExpectations()
        return found
    }

    private func diagnoseSteadyState() -> [ExperimentDiagnostic] {
        var found = repeated(parts.steadyStates.map(\.place), phase: "SteadyState", hint: "put all probes into one")
        for phase in parts.steadyStates where phase.probes.isEmpty {
            found.append(
                .init(.emptyPhase, "SteadyState has no probe", hint: "add a Probe or remove it", at: phase.place))
        }
        for probe in probes {
            if probe.name.isEmpty {
                found.append(.init(.emptyName, "a probe has no name", hint: "say what it asks", at: probe.place))
            }
            found += positive(probe.timeout, "the timeout of probe \"\(probe.name)\"", at: probe.place)
        }
        found += duplicates(probes.map { ($0.name, $0.place) }).map { name, place in
            .init(.duplicateProbeName, "a probe named \"\(name)\" exists already", hint: "rename one", at: place)
        }
        return found
    }

    private func diagnoseFaults() -> [ExperimentDiagnostic] {
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
            found += problems(of: injection).map { problem in
                .init(
                    .invalidFault, "fault \"\(injection.name)\": \(problem)", hint: "correct the value",
                    at: injection.place)
            }
        }
        found += duplicates(injections.map { ($0.name.text, $0.place) }).map { name, place in
            .init(
                .duplicateFaultName, "a fault named \"\(name)\" exists already",
                hint: "give each a name of its own, as in Inject(…, as: \"second\")", at: place)
        }
        return found
    }

    /// A fault that claims to be fine and then cannot be lowered is found here too, before anything changes.
    private func problems(of injection: Inject) -> [String] {
        let problems = injection.fault.problems
        guard problems.isEmpty else { return problems }
        do {
            _ = try injection.fault.lowered()
            return []
        } catch {
            return ["\(error)"]
        }
    }

    private func diagnoseHold() -> [ExperimentDiagnostic] {
        var found = repeated(parts.workloads.map(\.place), phase: "Workload", hint: "drive all calls from one")
        found += repeated(parts.holds.map(\.place), phase: "Hold", hint: "keep the longest")
        for workload in parts.workloads {
            found += atLeastOne(workload.calls, "the number of calls", at: workload.place)
            found += atLeastOne(workload.concurrency, "the concurrency", at: workload.place)
            found += positive(workload.deadline, "the deadline of the workload", at: workload.place)
        }
        for hold in parts.holds {
            found += positive(hold.duration, "the hold time", at: hold.place)
        }
        if parts.workloads.isEmpty && parts.holds.isEmpty {
            found.append(
                .init(
                    .nothingHeld, "nothing goes on under the faults: there is neither a workload nor a hold time",
                    hint: "add Workload { … } or Hold(for: …)", at: place))
        }
        return found
    }

    private func diagnoseExpectations() -> [ExperimentDiagnostic] {
        var found = repeated(parts.expects.map(\.place), phase: "Expect", hint: "put all expectations into one")
        for phase in parts.expects where phase.expectations.isEmpty {
            found.append(
                .init(.emptyPhase, "Expect holds nothing", hint: "add an expectation or remove it", at: phase.place))
        }
        return found
    }
}

// MARK: - Rules that several phases share

private func repeated(_ places: [SourcePlace], phase: String, hint: String) -> [ExperimentDiagnostic] {
    places.dropFirst().map { place in
        .init(.repeatedPhase, "a second \(phase); the first is at \(places[0])", hint: hint, at: place)
    }
}

private func atLeastOne(_ value: Int, _ what: String, at place: SourcePlace) -> [ExperimentDiagnostic] {
    value >= 1 ? [] : [.init(.outOfRange, "\(what) is \(value)", hint: "it is at least 1", at: place)]
}

private func positive(_ value: Duration, _ what: String, at place: SourcePlace) -> [ExperimentDiagnostic] {
    value > .zero ? [] : [.init(.outOfRange, "\(what) is \(value)", hint: "it is more than zero", at: place)]
}

/// The second and later uses of a name; empty names are another rule's.
private func duplicates(_ named: [(name: String, place: SourcePlace)]) -> [(name: String, place: SourcePlace)] {
    var seen: Set<String> = [""]
    return named.filter { !seen.insert($0.name).inserted && !$0.name.isEmpty }
}
