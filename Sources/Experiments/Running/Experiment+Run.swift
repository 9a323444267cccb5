import Evidence
import FaultModel

extension Experiment {
    /// What every run must fulfil unless ``AllowNoEffect`` lifts it: that the fault touched something.
    static var guardsAgainstNoEffect: [any RunExpectation] { [FaultHadEffect()] }

    /// Carries the experiment out.
    ///
    /// The faults are lifted whatever happens: when the workload is over, when anything fails, and when the task is
    /// cancelled or stopped by a condition; a second cancellation does not interrupt that. What the run found out, failure and cancellation
    /// included, is the report's to say: a cancelled run returns a report with ``RunOutcome/stopped``.
    ///
    /// - Parameters:
    ///   - backend: What applies the faults.
    ///   - clock: The clock of deadlines and waits; `ContinuousClock` for real time, ``SimulatedClock`` for a rehearsal.
    ///   - journal: Where each change is written to before it is made; a change that cannot be written is not made.
    /// - Returns: What the run found out.
    /// - Throws: ``InvalidExperiment`` with everything that is wrong with the experiment, before anything is changed; the
    ///   caller corrects the experiment.
    @concurrent
    public func run(
        on backend: some FaultBackend, clock: some Clock<Duration> = ContinuousClock(),
        journal: (any RunJournal)? = nil
    ) async throws -> RunReport {
        let guards = allowsNoEffect ? [] : Self.guardsAgainstNoEffect
        return try await run(on: backend, clock: clock, journal: journal, guards: guards)
    }

    @concurrent
    func run(
        on backend: some FaultBackend, clock: some Clock<Duration>, journal: (any RunJournal)? = nil,
        guards: [any RunExpectation]
    ) async throws -> RunReport {
        let run = ExperimentRun(
            experiment: self, faults: try orders(for: backend.deployment), backend: backend, clock: clock,
            journal: journal, guards: guards)
        // A clock that brings its own executor sees only the tasks that live on it.
        return await withTaskExecutorPreference(clock.executor) { await run.report() }
    }

    /// The faults in the words of a backend.
    ///
    /// - Throws: ``InvalidExperiment`` with everything that is wrong with the experiment.
    func orders(for deployment: Deployment) throws -> [FaultOrder] {
        let diagnostics = diagnose(for: deployment)
        guard diagnostics.isEmpty else { throw InvalidExperiment(experiment: name, diagnostics: diagnostics) }
        return try injections.map {
            FaultOrder(name: $0.name, disruption: try $0.fault.lowered(), documented: $0.fault.documented)
        }
    }
}
