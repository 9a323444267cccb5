/// What a run would do, found out without touching anything.
public struct Rehearsal: Hashable, Sendable {
    /// One thing that would be done.
    public struct Moment: Hashable, Sendable {
        /// The time since the beginning of the first ramp, when every call of the backend takes no time.
        public let time: Duration
        /// Whether the step is injected; undone otherwise.
        public let isInjection: Bool
        /// The step.
        public let step: PlanStep
    }

    /// The name of the experiment.
    public let experiment: String
    /// The plan, with every step and its undo.
    public let plan: Plan
    /// The faults with their schedules.
    public let faults: [FaultReport]
    /// Every injection and every undo in order; pulses are one of each.
    public let timeline: [Moment]
    /// The longest time from the beginning of the first ramp to the end of the last; a workload counts with its deadline.
    public let duration: Duration
    /// What the plan does beyond the experiment's ``BlastRadius``, one sentence each; a run would inject nothing.
    public let objections: [String]
}

extension Rehearsal: CustomStringConvertible {
    /// The targets, the plan, the timeline and the duration, for whoever has to approve of them.
    public var description: String {
        var lines = ["\(experiment): \(length) on \(plan.affectedTargets.count) of \(plan.candidates.count) targets"]
        lines += objections.map { "NOT ALLOWED: \($0)" }
        lines += ["", "Targets: \(plan.affectedTargets.joined(separator: ", "))", "", "Faults"]
        lines += faults.map { "  \($0.name): \($0.schedule)" }
        lines += ["", "Plan", plan.description, "", "Timeline"]
        lines += timeline.map { moment in
            let change = moment.isInjection ? "inject" : "undo  "
            return "  \(TimeText(moment.time)): \(change) \(moment.step.fault.name) on \(moment.step.target)"
        }
        return (lines + ["  \(TimeText(duration)): over"]).joined(separator: "\n")
    }

    private var length: String { "up to \(TimeText(duration))" }
}
