import Evidence
import FaultModel

/// One run of a valid experiment, from the plan to the report.
///
/// One task drives it and makes all calls of the backend, one at a time; probes and calls of the workload have tasks of
/// their own, and reach it by signals only.
struct ExperimentRun<Backend: FaultBackend, C: Clock<Duration>>: Sendable {
    let experiment: Experiment
    let faults: [FaultOrder]
    let backend: Backend
    let clock: C
    let journal: (any RunJournal)?
    let guards: [any RunExpectation]
    let signals = RunSignals()
    let board: ProbeBoard
    private let origin: C.Instant
    /// The least time since the first injection that stops the run.
    private let timeLimit: (length: Duration, place: SourcePlace)?

    init(
        experiment: Experiment, faults: [FaultOrder], backend: Backend, clock: C, journal: (any RunJournal)?,
        guards: [any RunExpectation]
    ) {
        self.experiment = experiment
        self.faults = faults
        self.backend = backend
        self.clock = clock
        self.journal = journal
        self.guards = guards
        board = ProbeBoard(
            experiment.probes.filter(\.mode.asksDuring), stoppingBy: experiment.stopConditions, log: backend.log,
            signals: signals)
        origin = clock.now
        timeLimit = experiment.stopConditions.compactMap { condition in
            guard case .elapsed(let length) = condition.kind else { return nil }
            return (length, condition.place)
        }.min { $0.length < $1.length }
    }

    func report() async -> RunReport {
        var ledger = RunLedger(log: backend.log)
        for injection in experiment.injections {
            for remark in injection.fault.remarks(for: backend.deployment) {
                backend.log.append(.note("\(injection.name): \(remark)"))
            }
        }
        await prepare(&ledger)
        if ledger.ending == nil { await checkSteadyState(.steadyStateBefore, &ledger) }
        if ledger.ending == nil { await carryOut(&ledger) }
        noteSamples(&ledger)
        if ledger.ending == nil { await checkSteadyState(.steadyStateAfter, &ledger) }
        ledger.enter(.evaluate)
        return await judge(&ledger)
    }

    // MARK: Time

    /// The time since the run began.
    var moment: Duration { origin.duration(to: clock.now) }

    /// Waits for a moment, a signal or a cancellation; may come back early.
    func rest(until moment: Duration?, _ ledger: inout RunLedger) async {
        let next = earliest(moment, limitEnd(ledger))
        await signals.wait(until: next.map { origin.advanced(by: $0) }, on: clock)
        ledger.timetable.advance(to: self.moment)
    }

    // MARK: The steady state

    private func checkSteadyState(_ phase: Phase, _ ledger: inout RunLedger) async {
        let before = phase == .steadyStateBefore
        let due = experiment.probes.filter { before ? $0.mode.asksBefore : $0.mode.asksAfter }
        guard !due.isEmpty else { return stopIfAsked(&ledger) }
        ledger.enter(phase)
        for probe in due {
            if probe.initialDelay > .zero { try? await clock.sleep(for: probe.initialDelay) }
            guard let sample = await probe.sample(on: clock) else { break }
            if probe.mode.asksDuring {
                board.note(sample, of: probe)
            } else {
                ledger.note(
                    ProbeResult(
                        name: probe.name, mode: probe.mode, phase: phase, passed: sample.passed, detail: sample.detail,
                        duration: sample.duration, place: probe.place))
            }
            if before && !sample.passed { ledger.end(.steadyStateNotMet) }
        }
        stopIfAsked(&ledger)
    }

    /// Puts what the samples came to behind the answers from before the faults.
    private func noteSamples(_ ledger: inout RunLedger) {
        let results = board.results(in: ledger.ending == .steadyStateNotMet ? .steadyStateBefore : .hold)
        // A run that was cut short need not have come to every probe.
        ledger.note(results.filter { $0.samples > 0 || ledger.ending == nil })
    }

    // MARK: Errors, stops and cancellation

    /// Does what may fail; a failure ends the run, as a stop when it was cancelled, as a failed injection otherwise.
    func attempt(_ what: String, _ ledger: inout RunLedger, _ body: (inout RunLedger) async throws -> Void) async {
        do {
            try await body(&ledger)
        } catch {
            if !(error is CancellationError && Task.isCancelled) {
                ledger.note(problem: "could not \(what): \(brief(error))")
            }
            if !Task.isCancelled { ledger.end(.notInjected) }
        }
        stopIfAsked(&ledger)
    }

    /// Ends the run when its task was cancelled, or when a condition is met.
    func stopIfAsked(_ ledger: inout RunLedger) {
        guard ledger.ending == nil else { return }
        if Task.isCancelled {
            let phase = ledger.phase.map { "in phase \($0.rawValue)" } ?? "before its first phase"
            ledger.stop(RunStop(cause: .cancelled, reason: "the run was cancelled \(phase)", time: backend.log.now))
        } else if !ledger.isEnding, let stop = signals.stop {
            ledger.stop(stop)
        } else if let limit = timeLimit, let end = limitEnd(ledger), end <= moment {
            let text = "\(TimeText(limit.length)) have passed since the first injection"
            ledger.stop(RunStop(cause: .condition, reason: text, place: limit.place, time: backend.log.now))
        }
    }

    /// The end of the time under faults; none before the first injection and after the last undo has begun.
    private func limitEnd(_ ledger: RunLedger) -> Duration? {
        guard let limit = timeLimit, let first = ledger.firstInjection, !ledger.isEnding else { return nil }
        return first + limit.length
    }
}

/// The earlier of two moments, where there are any.
func earliest(_ first: Duration?, _ second: Duration?) -> Duration? {
    guard let first, let second else { return first ?? second }
    return min(first, second)
}

/// A fault for which the plan has no step.
struct NoTarget: Error, CustomStringConvertible {
    let fault: FaultName
    var description: String { "the plan has no target for \(fault)" }
}
