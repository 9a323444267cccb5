import Evidence
import FaultModel

extension Experiment {
    /// What every run must fulfil unless ``AllowNoEffect`` lifts it: that the fault touched something.
    static var guardsAgainstNoEffect: [any RunExpectation] { [FaultHadEffect()] }

    /// Carries the experiment out.
    ///
    /// The faults are lifted whatever happens: when the workload is over, when anything fails, and when the task is
    /// cancelled; a second cancellation does not interrupt that. What the run found out, failure and cancellation
    /// included, is the report's to say: a cancelled run returns a report with ``RunOutcome/stopped``.
    ///
    /// - Parameters:
    ///   - backend: What applies the faults.
    ///   - clock: The clock of deadlines and waits; `ContinuousClock` for real time, ``SimulatedClock`` for a rehearsal.
    /// - Returns: What the run found out.
    /// - Throws: ``InvalidExperiment`` with everything that is wrong with the experiment, before anything is changed; the
    ///   caller corrects the experiment.
    @concurrent
    public func run(
        on backend: some FaultBackend, clock: some Clock<Duration> = ContinuousClock()
    ) async throws -> RunReport {
        try await run(on: backend, clock: clock, guards: allowsNoEffect ? [] : Self.guardsAgainstNoEffect)
    }

    @concurrent
    func run(
        on backend: some FaultBackend, clock: some Clock<Duration>, guards: [any RunExpectation]
    ) async throws -> RunReport {
        let diagnostics = diagnose()
        guard diagnostics.isEmpty else { throw InvalidExperiment(experiment: name, diagnostics: diagnostics) }
        let faults = try injections.map { FaultOrder(name: $0.name, disruption: try $0.fault.lowered()) }
        let run = ExperimentRun(experiment: self, faults: faults, backend: backend, clock: clock, guards: guards)
        // A clock that brings its own executor sees only the tasks that live on it.
        return await withTaskExecutorPreference(clock as? any TaskExecutor) { await run.report() }
    }
}
