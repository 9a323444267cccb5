import Evidence
import FaultModel

extension Experiment {
    /// What is wrong with caps and stop conditions.
    func diagnoseLimits() -> [ExperimentDiagnostic] {
        var found = ExperimentDiagnostic.repeated(
            parts.blastRadii.map(\.place), phase: "BlastRadius", hint: "put all caps into one")
        for caps in parts.blastRadii { found += caps.diagnose() }
        found += ExperimentDiagnostic.repeated(
            parts.stops.map(\.place), phase: "StopWhen", hint: "put all conditions into one")
        for phase in parts.stops where phase.conditions.isEmpty {
            found.append(
                .init(.emptyPhase, "StopWhen has no condition", hint: "add one or remove it", at: phase.place))
        }
        for condition in stopConditions { found += diagnose(condition) }
        return found
    }

    private func diagnose(_ condition: StopCondition) -> [ExperimentDiagnostic] {
        switch condition.kind {
        case .probeFails(let name, let times):
            return diagnose(probe: name, at: condition.place)
                + ExperimentDiagnostic.atLeastOne(
                    times, "the number of failures of probe \"\(name)\"", at: condition.place)
        case .elapsed(let limit):
            return ExperimentDiagnostic.positive(limit, "the time after which the run stops", at: condition.place)
        case .violated(let expectation):
            let verdict = expectation.evaluate(EventRecord(events: []))
            guard verdict.outcome == .violated else { return [] }
            return [
                .init(
                    .alwaysStops, "\"\(verdict.expectation)\" is violated before anything has happened",
                    hint: "put it into Expect, where it is judged at the end", at: condition.place)
            ]
        }
    }

    private func diagnose(probe name: String, at place: SourcePlace) -> [ExperimentDiagnostic] {
        guard let probe = probes.first(where: { $0.name == name }) else {
            let nearest = NearestName.find(name, in: probes.map(\.name))
            return [
                .init(
                    .unknownProbe, "there is no probe named \"\(name)\"",
                    hint: nearest.map { "did you mean \"\($0)\"?" } ?? "declare it in SteadyState", at: place)
            ]
        }
        guard !probe.mode.asksDuring else { return [] }
        return [
            .init(
                .probeAtEdges, "probe \"\(name)\" is asked in mode \(probe.mode), never while the run goes on",
                hint: "give it mode: .continuous or .onChaos", at: place)
        ]
    }
}

extension BlastRadius {
    fileprivate func diagnose() -> [ExperimentDiagnostic] {
        var found: [ExperimentDiagnostic] = []
        if targets == nil, share == nil, duration == nil, protected.isEmpty {
            found.append(
                .init(
                    .emptyPhase, "BlastRadius has no cap", hint: "give it targets, share, duration or protecting",
                    at: place))
        }
        if let targets { found += ExperimentDiagnostic.atLeastOne(targets, "the number of targets", at: place) }
        if let share { found += ExperimentDiagnostic.atLeastOne(share.value, "the share of targets", at: place) }
        if let duration { found += ExperimentDiagnostic.positive(duration, "the longest duration", at: place) }
        if protected.contains("") {
            found.append(
                .init(.emptyName, "a protected target has no name", hint: "spell it as in the plan", at: place))
        }
        found += ExperimentDiagnostic.duplicates(protected.map { ($0, place) }).map { name, place in
            .init(
                .duplicateTarget, "the target \"\(name)\" is protected twice", hint: "did you mean another one?",
                at: place)
        }
        return found
    }
}
