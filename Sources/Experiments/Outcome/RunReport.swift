public import Evidence
public import FaultModel

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
    /// The steps of the plan, and what became of each; empty when there was no plan.
    public let steps: [StepReport]
    /// The answers of the probes, in the order in which they were asked.
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
    ///   - steps: The steps of the plan, and what became of each.
    ///   - probes: The answers of the probes.
    ///   - phases: The phases that were entered.
    ///   - verdicts: The expectations with their verdicts.
    ///   - problems: What went wrong in carrying the run out.
    ///   - record: The events of the run.
    public init(
        experiment: String, place: SourcePlace, seed: UInt64, outcome: RunOutcome, steps: [StepReport] = [],
        probes: [ProbeResult] = [], phases: [PhaseSpan] = [], verdicts: [JudgedExpectation] = [],
        problems: [RunProblem] = [], record: EventRecord
    ) {
        self.experiment = experiment
        self.place = place
        self.seed = seed
        self.outcome = outcome
        self.steps = steps
        self.probes = probes
        self.phases = phases
        self.verdicts = verdicts
        self.problems = problems
        self.record = record
    }
}

/// A step of the plan, and what became of it.
public struct StepReport: Hashable, Sendable {
    /// The step.
    public let step: PlanStep
    /// What became of it.
    public var state: StepState

    /// Describes a step.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - state: What became of it.
    public init(step: PlanStep, state: StepState) {
        self.step = step
        self.state = state
    }
}

/// What became of a step; more states may be added.
public struct StepState: Hashable, Sendable, CustomStringConvertible {
    /// The name of the state, as in `reverted`.
    public let description: String
    /// Whether something of the step may be in place.
    public let mayBeInPlace: Bool

    /// It was never begun.
    public static let planned: StepState = StepState(description: "planned", mayBeInPlace: false)
    /// It was begun, and nobody knows how far it got.
    public static let injecting: StepState = StepState(description: "injecting", mayBeInPlace: true)
    /// It is in place.
    public static let injected: StepState = StepState(description: "injected", mayBeInPlace: true)
    /// It was taken back, and that was verified.
    public static let reverted: StepState = StepState(description: "reverted", mayBeInPlace: false)
    /// It could not be verified that nothing of it is left.
    public static let revertFailed: StepState = StepState(description: "revert failed", mayBeInPlace: true)
}

/// One answer of a probe.
public struct ProbeResult: Hashable, Sendable {
    /// The name of the probe.
    public let name: String
    /// When the probe is asked.
    public let mode: ProbeMode
    /// The phase in which it was asked this time.
    public let phase: Phase
    /// Whether the system was healthy.
    public let passed: Bool
    /// Why not, or an empty text.
    public let detail: String
    /// The time that the answer took.
    public let duration: Duration
    /// The line of the DSL.
    public let place: SourcePlace

    /// Describes an answer.
    ///
    /// - Parameters:
    ///   - name: The name of the probe.
    ///   - mode: When the probe is asked.
    ///   - phase: The phase in which it was asked this time.
    ///   - passed: Whether the system was healthy.
    ///   - detail: Why not, or an empty text.
    ///   - duration: The time that the answer took.
    ///   - place: The line of the DSL.
    public init(
        name: String, mode: ProbeMode, phase: Phase, passed: Bool, detail: String, duration: Duration,
        place: SourcePlace
    ) {
        self.name = name
        self.mode = mode
        self.phase = phase
        self.passed = passed
        self.detail = detail
        self.duration = duration
        self.place = place
    }
}

/// A phase of a run with its beginning and its end on the clock of the log.
public struct PhaseSpan: Hashable, Sendable {
    /// The phase.
    public let phase: Phase
    /// The moment at which it was entered.
    public let start: Timestamp
    /// The moment at which it was left.
    public let end: Timestamp

    /// Describes a phase.
    ///
    /// - Parameters:
    ///   - phase: The phase.
    ///   - start: The moment at which it was entered.
    ///   - end: The moment at which it was left.
    public init(phase: Phase, start: Timestamp, end: Timestamp) {
        self.phase = phase
        self.start = start
        self.end = end
    }

    /// The length of the phase.
    public var duration: Duration { end - start }
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
