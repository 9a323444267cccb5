import Evidence
import FaultModel

/// What a run has done so far; the report is made from it.
struct RunLedger {
    private let log: EventLog
    /// The last event before the run; a lab's log may hold earlier runs, and those prove nothing about this one.
    private let lastForeignEvent: Event.ID
    private var entered: [(phase: Phase, start: Timestamp)] = []
    var steps: [StepReport] = []
    /// All targets there were to choose from.
    var candidates: [String] = []
    var timetable = Timetable(.parallel([]), of: [])
    /// The longest time that the run may take.
    var longest: Duration = .zero
    /// The moment of the first verified injection.
    var firstInjection: Duration?
    /// Whether the last undo has begun, after which only a cancellation counts.
    var isEnding = false
    /// Steps whose targets were looked at again and that are due.
    var rechecked: Set<Int> = []
    /// The tasks of the probes that are asked again and again.
    var samplers: [(mode: ProbeMode, task: Task<Void, Never>)] = []
    /// The steps that were begun, in the order in which each was begun last.
    private(set) var begun: [Int] = []
    /// Whether the journal has the plan.
    var isJournaled = false
    private(set) var probes: [ProbeResult] = []
    private(set) var problems: [RunProblem] = []
    /// Why the run was not carried out to its end.
    private(set) var ending: RunOutcome?
    private(set) var stop: RunStop?

    init(log: EventLog) {
        self.log = log
        self.lastForeignEvent = log.record.events.last?.id ?? 0
    }

    var phase: Phase? { entered.last?.phase }

    mutating func enter(_ phase: Phase) {
        let now = log.now
        entered.append((phase, now))
        log.append(.phaseStarted(phase), at: now)
    }

    mutating func noteBegin(of step: Int) {
        begun.removeAll { $0 == step }
        begun.append(step)
    }

    mutating func note(_ result: ProbeResult) {
        probes.append(result)
        log.append(
            .probeEvaluated(
                name: result.name, mode: result.mode.description, passed: result.passed, detail: result.detail))
    }

    /// Takes what the board has; its samples are in the log already.
    mutating func note(_ results: [ProbeResult]) {
        probes += results
    }

    mutating func note(problem: String) {
        problems.append(RunProblem(phase: phase, description: problem))
        log.append(.note(problem))
    }

    /// Ends the run early; the first reason counts.
    mutating func end(_ outcome: RunOutcome) {
        ending = ending ?? outcome
    }

    /// Stops the run; the first reason counts.
    mutating func stop(_ stop: RunStop) {
        guard ending == nil else { return }
        ending = .stopped
        self.stop = stop
        log.append(.note("stopped: \(stop)"))
    }

    /// The phases with their times, the last one until now.
    var spans: [PhaseSpan] {
        let ends = entered.dropFirst().map(\.start) + [log.now]
        return zip(entered, ends).map { PhaseSpan(phase: $0.phase, start: $0.start, end: $1) }
    }

    /// The events of this run alone.
    var record: EventRecord {
        let record = log.record
        // Most logs are those of one run, and need no copy.
        guard lastForeignEvent > 0 else { return record }
        return EventRecord(
            events: Array(record.events.drop { $0.id <= lastForeignEvent }), discarded: record.discarded)
    }
}
