import Evidence

extension ExperimentRun {
    /// Makes the report: judges every expectation, and finds the gravest word for the run.
    func judge(_ ledger: RunLedger) -> RunReport {
        let record = ledger.record
        let doubt = reasonForDoubt(ledger)
        let declared = experiment.expectations.map { placed in
            JudgedExpectation(verdict: judge(placed.expectation, record, doubt), place: placed.place)
        }
        let guarding = guards.map { JudgedExpectation(verdict: judge($0, record, doubt), place: nil) }
        return RunReport(
            experiment: experiment.name, place: experiment.place, seed: backend.seed,
            outcome: outcome(ledger, declared: declared, guarding: guarding), steps: ledger.steps,
            probes: ledger.probes, phases: ledger.spans, verdicts: declared + guarding, problems: ledger.problems,
            record: record)
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
        let relapsed = ledger.probes.contains { $0.phase == .steadyStateAfter && !$0.passed }
        // An expectation that the author wrote down is never softened into "no effect".
        if relapsed || declared.contains(where: { $0.verdict.outcome == .violated }) { return .violated }
        if guarding.contains(where: { $0.verdict.outcome == .violated }) { return .noEffect }
        if (declared + guarding).contains(where: { $0.verdict.outcome == .inconclusive }) { return .inconclusive }
        return .passed
    }
}
