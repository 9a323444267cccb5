import Evidence
import FaultModel

/// One run of a valid experiment, from the plan to the report.
struct ExperimentRun<Backend: FaultBackend, C: Clock<Duration>>: Sendable {
    let experiment: Experiment
    let faults: [FaultOrder]
    let backend: Backend
    let clock: C
    let guards: [any RunExpectation]

    func report() async -> RunReport {
        var ledger = RunLedger(log: backend.log)
        for injection in experiment.injections {
            for remark in injection.fault.remarks { backend.log.append(.note("\(injection.name): \(remark)")) }
        }
        await prepare(&ledger)
        if ledger.ending == nil { await checkSteadyState(.steadyStateBefore, &ledger) }
        if ledger.ending == nil {
            await inject(&ledger)
            if ledger.ending == nil { await hold(&ledger) }
            await undo(&ledger)
        }
        if ledger.ending == nil { await checkSteadyState(.steadyStateAfter, &ledger) }
        ledger.enter(.evaluate)
        return judge(ledger)
    }

    // MARK: Before the first change

    private func prepare(_ ledger: inout RunLedger) async {
        let request = PlanRequest(experiment: experiment.name, faults: faults)
        await attempt("plan the faults", &ledger) { ledger in
            let plan = try await backend.plan(for: request)
            ledger.steps = plan.steps.map { StepReport(step: $0, state: .planned) }
            let planned = Set(plan.steps.map(\.fault.name))
            for fault in faults where !planned.contains(fault.name) { throw NoTarget(fault: fault.name) }
            try await backend.preflight(plan)
        }
    }

    private func checkSteadyState(_ phase: Phase, _ ledger: inout RunLedger) async {
        let before = phase == .steadyStateBefore
        let due = experiment.probes.filter { before ? $0.mode.asksBefore : $0.mode.asksAfter }
        guard !due.isEmpty else { return stopIfCancelled(&ledger) }
        ledger.enter(phase)
        for probe in due {
            guard let result = await ask(probe, in: phase) else { break }
            ledger.note(result)
            if before && !result.passed { ledger.end(.steadyStateNotMet) }
        }
        stopIfCancelled(&ledger)
    }

    /// The answer of a probe, or nothing when the run was cancelled meanwhile.
    private func ask(_ probe: Probe, in phase: Phase) async -> ProbeResult? {
        let start = clock.now
        let wait = await bounded(probe.timeout, clock: clock) { () -> (passed: Bool, detail: String) in
            do {
                return (try await probe.body(), "")
            } catch {
                return (false, brief(error))
            }
        }
        let (passed, detail): (Bool, String)
        switch wait {
        case .finished(let answer): (passed, detail) = answer
        case .late: (passed, detail) = (false, "no answer within \(probe.timeout)")
        case .cancelled: return nil
        }
        return ProbeResult(
            name: probe.name, mode: probe.mode, phase: phase, passed: passed, detail: detail,
            duration: start.duration(to: clock.now), place: probe.place)
    }

    // MARK: Under the faults

    private func inject(_ ledger: inout RunLedger) async {
        ledger.enter(.inject)
        for index in ledger.steps.indices {
            stopIfCancelled(&ledger)
            guard ledger.ending == nil else { return }
            let step = ledger.steps[index].step
            ledger.steps[index].state = .injecting
            await attempt("inject \(step.fault.name) on \(step.target)", &ledger) { ledger in
                try await backend.inject(step)
                ledger.steps[index].state = .injected
                try await backend.verifyInjected(step)
            }
        }
        stopIfCancelled(&ledger)
    }

    private func hold(_ ledger: inout RunLedger) async {
        ledger.enter(.hold)
        let end = clock.now.advanced(by: experiment.holdTime)
        if let workload = experiment.workload {
            await WorkloadDriver(workload: workload, log: backend.log, clock: clock).drive()
        }
        // Fails only when the run is cancelled, which the next line sees.
        if experiment.holdTime > .zero { try? await clock.sleep(until: end, tolerance: nil) }
        stopIfCancelled(&ledger)
    }

    /// Takes back every step that may be in place, the latest first.
    private func undo(_ ledger: inout RunLedger) async {
        let dirty = ledger.steps.indices.reversed().filter { ledger.steps[$0].state.mayBeInPlace }
        guard !dirty.isEmpty else { return }
        ledger.enter(.undo)
        let steps = dirty.map { ledger.steps[$0].step }
        // A task of its own: there is no shield from cancellation, and no cancellation may interrupt the undo.
        let undone = await Task(executorPreference: clock as? any TaskExecutor) { [backend] in
            await undoAll(steps, on: backend)
        }.value
        for (index, result) in zip(dirty, undone) {
            ledger.steps[index].state = result.isClean ? .reverted : .revertFailed
            for problem in result.problems { ledger.note(problem: problem) }
        }
        stopIfCancelled(&ledger)
    }

    // MARK: Errors and cancellation

    /// Does what may fail; a failure ends the run, as a stop when it was cancelled, as a failed injection otherwise.
    private func attempt(
        _ what: String, _ ledger: inout RunLedger, _ body: (inout RunLedger) async throws -> Void
    ) async {
        do {
            try await body(&ledger)
        } catch {
            if !(error is CancellationError && Task.isCancelled) {
                ledger.note(problem: "could not \(what): \(brief(error))")
            }
            if !Task.isCancelled { ledger.end(.notInjected) }
        }
        stopIfCancelled(&ledger)
    }

    private func stopIfCancelled(_ ledger: inout RunLedger) {
        guard Task.isCancelled, ledger.ending == nil else { return }
        ledger.end(.stopped)
        let phase = ledger.phase.map { "in phase \($0.rawValue)" } ?? "before its first phase"
        ledger.note(problem: "the run was cancelled \(phase)")
    }
}

/// A fault for which the plan has no step.
struct NoTarget: Error, CustomStringConvertible {
    let fault: FaultName
    var description: String { "the plan has no target for \(fault)" }
}

/// What came of undoing one step.
private struct UndoResult: Sendable {
    var isClean = true
    var problems: [String] = []
}

/// Undoes all steps, then verifies all: a target that cannot be verified must not keep the fault on the others longer.
private func undoAll(_ steps: [PlanStep], on backend: some FaultBackend) async -> [UndoResult] {
    var results = Array(repeating: UndoResult(), count: steps.count)
    for (index, step) in steps.enumerated() {
        do {
            try await backend.undo(step)
        } catch {
            results[index].problems.append("could not undo \(step.fault.name) on \(step.target): \(brief(error))")
        }
    }
    for (index, step) in steps.enumerated() {
        do {
            try await backend.verifyUndone(step)
        } catch {
            results[index].isClean = false
            results[index].problems.append(
                "could not verify that \(step.fault.name) is gone from \(step.target): \(brief(error))")
        }
    }
    return results
}
