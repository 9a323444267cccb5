import Evidence

extension ExperimentRun {
    /// Makes the report: judges every expectation, and finds the gravest word for the run.
    func judge(_ ledger: inout RunLedger) async -> RunReport {
        let record = ledger.record
        let doubt = reasonForDoubt(ledger)
        let declared = experiment.expectations.map { placed in
            JudgedExpectation(verdict: judge(placed.expectation, record, doubt), place: placed.place)
        }
        let guarding = guards.map { JudgedExpectation(verdict: judge($0, record, doubt), place: nil) }
        let outcome = outcome(ledger, declared: declared, guarding: guarding)
        await endJournal(outcome, &ledger)
        let faults = faults(ledger)
        return RunReport(
            experiment: experiment.name, place: experiment.place, seed: backend.seed, outcome: outcome,
            stop: ledger.stop,
            score: ResilienceScore(of: outcome, faults: faults, checks: checks(ledger, declared: declared)),
            faults: faults, steps: ledger.steps, probes: ledger.probes, phases: ledger.spans,
            verdicts: declared + guarding, problems: ledger.problems, record: record)
    }

    /// Why the events of a run that did not reach its end say nothing about an expectation.
    private func reasonForDoubt(_ ledger: RunLedger) -> String? {
        switch ledger.ending {
        case nil: nil
        case .steadyStateNotMet?: "not judged: the steady state was not met, nothing was injected"
        case .notInjected?: "not judged: the faults could not be injected"
        default: "not judged: the run was stopped"
        }
    }

    private func judge(_ expectation: any RunExpectation, _ record: EventRecord, _ doubt: String?) -> Verdict {
        let verdict = expectation.evaluate(record)
        guard let doubt else { return verdict }
        return Verdict(expectation: verdict.expectation, outcome: .inconclusive, explanation: doubt)
    }

    private func outcome(
        _ ledger: RunLedger, declared: [JudgedExpectation], guarding: [JudgedExpectation]
    ) -> RunOutcome {
        if ledger.steps.contains(where: \.state.mayBeInPlace) { return .notCleanedUp }
        if let ending = ledger.ending { return ending }
        let failed = ledger.probes.contains { $0.phase != .steadyStateBefore && $0.failures > 0 }
        // An expectation that the author wrote down is never softened into "no effect".
        if failed || declared.contains(where: { $0.verdict.outcome == .violated }) { return .violated }
        if guarding.contains(where: { $0.verdict.outcome == .violated }) { return .noEffect }
        let isUndecided = (declared + guarding).contains { $0.verdict.outcome == .inconclusive }
        if isUndecided || ledger.probes.contains(where: { $0.samples == 0 }) { return .inconclusive }
        return .passed
    }

    private func faults(_ ledger: RunLedger) -> [FaultReport] {
        let injected = Set(ledger.steps.filter { $0.injections > 0 }.map(\.step.fault.name))
        return experiment.injections.map { FaultReport($0, wasInjected: injected.contains($0.name)) }
    }

    /// The checks that were made: every probe once, however often it was asked, and every declared expectation.
    private func checks(_ ledger: RunLedger, declared: [JudgedExpectation]) -> [Bool] {
        let probes = experiment.probes.compactMap { probe -> Bool? in
            let results = ledger.probes.filter { $0.name == probe.name }
            return results.isEmpty ? nil : results.allSatisfy(\.passed)
        }
        if ledger.ending != nil {
            // What stopped the run was judged, and failed; a probe that did it is among the probes.
            return probes + (ledger.stop?.isViolation == true ? [false] : [])
        }
        let verdicts = zip(experiment.expectations, declared).filter { !($0.0.expectation is AllowNoEffect) }
        return probes + verdicts.map { $0.1.verdict.outcome == .held }
    }

    private func endJournal(_ outcome: RunOutcome, _ ledger: inout RunLedger) async {
        guard ledger.isJournaled else { return }
        do {
            // In a task of its own, because the run may have been cancelled, and this must be written all the same.
            try await Task(executorPreference: clock.executor) { [journal] in
                try await journal?.append(.ended(outcome))
            }.value
        } catch {
            ledger.note(problem: "could not write the journal: \(brief(error))")
        }
    }
}
