public import Evidence

/// What a run found out, as a value: to be judged by a test, rendered, or stored.
///
/// A run that fails is a report like any other; ``outcome`` says so.
public struct RunReport: Sendable {
    /// The name of the experiment.
    public let experiment: String
    /// The line of the DSL.
    public let place: SourcePlace
    /// The seed that repeats the choices of the run.
    public let seed: UInt64
    /// How the run ended.
    public let outcome: RunOutcome
    /// What stopped the run; `nil` unless the outcome is ``RunOutcome/stopped``, or it was and cleaning up failed.
    public let stop: RunStop?
    /// How well the system stood it.
    public let score: ResilienceScore
    /// The faults in the order of the DSL.
    public let faults: [FaultReport]
    /// The steps of the plan, and what became of each; empty when there was no plan.
    public let steps: [StepReport]
    /// The answers of the probes: before the faults, during the run with one entry for all samples, after the faults.
    public let probes: [ProbeResult]
    /// The phases that were entered, with their times.
    public let phases: [PhaseSpan]
    /// The expectations in the order of their declaration, then the guards that every run has.
    public let verdicts: [JudgedExpectation]
    /// What went wrong in carrying the run out, in the order of its appearance; empty for a clean run.
    public let problems: [RunProblem]
    /// The events from the beginning of this run to its end, with their numbers in the log.
    public let record: EventRecord

    /// Describes a run; for stored reports and for tests of whatever reads them.
    ///
    /// - Parameters:
    ///   - experiment: The name of the experiment.
    ///   - place: The line of the DSL.
    ///   - seed: The seed that repeats the choices of the run.
    ///   - outcome: How the run ended.
    ///   - stop: What stopped the run.
    ///   - score: How well the system stood it; none when absent.
    ///   - faults: The faults.
    ///   - steps: The steps of the plan, and what became of each.
    ///   - probes: The answers of the probes.
    ///   - phases: The phases that were entered.
    ///   - verdicts: The expectations with their verdicts.
    ///   - problems: What went wrong in carrying the run out.
    ///   - record: The events of the run.
    public init(
        experiment: String, place: SourcePlace, seed: UInt64, outcome: RunOutcome, stop: RunStop? = nil,
        score: ResilienceScore = ResilienceScore(reason: "none was given"), faults: [FaultReport] = [],
        steps: [StepReport] = [], probes: [ProbeResult] = [], phases: [PhaseSpan] = [],
        verdicts: [JudgedExpectation] = [],
        problems: [RunProblem] = [], record: EventRecord
    ) {
        self.experiment = experiment
        self.place = place
        self.seed = seed
        self.outcome = outcome
        self.stop = stop
        self.score = score
        self.faults = faults
        self.steps = steps
        self.probes = probes
        self.phases = phases
        self.verdicts = verdicts
        self.problems = problems
        self.record = record
    }
}

extension RunReport {
    /// What a reader should know before trusting the run; a run that passed may have some, even where no effect is allowed.
    ///
    /// One for each fault whose bucket had room for the whole workload, so that its rate limit slowed nothing down.
    ///
    /// Built anew on each use, in time proportional to the number of events.
    public var warnings: [String] {
        record.tally.faults.compactMap { fault in fault.link?.swallowing.map { "\(fault.fault): \($0)" } }
    }
}

/// An expectation with its verdict.
public struct JudgedExpectation: Hashable, Sendable {
    /// The verdict, with the events that decided it.
    public let verdict: Verdict
    /// The line of the DSL; `nil` for a guard that every run has.
    public let place: SourcePlace?

    /// Describes a judged expectation.
    ///
    /// - Parameters:
    ///   - verdict: The verdict.
    ///   - place: The line of the DSL; `nil` for a guard.
    public init(verdict: Verdict, place: SourcePlace?) {
        self.verdict = verdict
        self.place = place
    }
}

/// Something that went wrong in carrying a run out, as opposed to what the run found out.
public struct RunProblem: Hashable, Sendable, CustomStringConvertible {
    /// The phase in which it went wrong; `nil` before the first phase.
    public let phase: Phase?
    /// What was attempted, and what came of it.
    public let description: String

    /// Describes a problem.
    ///
    /// - Parameters:
    ///   - phase: The phase in which it went wrong.
    ///   - description: What was attempted, and what came of it.
    public init(phase: Phase?, description: String) {
        self.phase = phase
        self.description = description
    }
}
