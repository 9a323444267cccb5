import Evidence
import FaultModel

extension ExperimentRun {
    /// Everything that happens before the first change: the plan, its caps, the journal, the backend's own check.
    func prepare(_ ledger: inout RunLedger) async {
        let draft = PlanDraft(experiment, faults)
        var plan = Plan(steps: [])
        await attempt("plan the faults", &ledger) { ledger in
            plan = try await backend.plan(for: draft.request)
            ledger.steps = plan.steps.map { StepReport(step: $0, state: .planned) }
            ledger.candidates = plan.candidates
            try draft.checkTargets(of: plan)
        }
        guard ledger.ending == nil else { return }
        let schedule = draft.schedule(of: plan)
        ledger.timetable = Timetable(draft.course, of: schedule)
        ledger.longest = Timeline(draft.course, of: schedule, holding: draft.longestHold).length
        limitReach(of: plan, &ledger)
        guard ledger.ending == nil else { return }
        await attempt("write the journal", &ledger) { ledger in
            try await journal?.append(.planned(experiment: experiment.name, plan))
            ledger.isJournaled = true
        }
        guard ledger.ending == nil else { return }
        await attempt("prepare the faults", &ledger) { _ in try await backend.preflight(plan) }
    }

    private func limitReach(of plan: Plan, _ ledger: inout RunLedger) {
        guard let caps = experiment.blastRadius else { return }
        for target in caps.protected where !plan.candidates.contains(target) {
            backend.log.append(.note("the protected target \(target) is none of the backend's targets"))
        }
        let objections = caps.objections(to: plan, lasting: ledger.longest)
        for objection in objections { ledger.note(problem: objection) }
        if !objections.isEmpty { ledger.end(.notInjected) }
    }
}

/// What an experiment asks of a backend, and what the answer makes of its schedule.
struct PlanDraft {
    let request: PlanRequest
    let course: Course
    /// The longest time for which faults without a duration stay in place.
    let longestHold: Duration
    private let injections: [Inject]

    init(_ experiment: Experiment, _ faults: [FaultOrder]) {
        request = PlanRequest(experiment: experiment.name, faults: faults)
        injections = experiment.injections
        var number = 0
        course = .parallel(experiment.parts.injections.compactMap { $0.course(countingFrom: &number) })
        let calls = experiment.workload.map { $0.deadline + Workload.grace } ?? .zero
        longestHold = max(experiment.holdTime, calls)
    }

    func checkTargets(of plan: Plan) throws {
        let planned = Set(plan.steps.map(\.fault.name))
        for fault in request.faults where !planned.contains(fault.name) { throw NoTarget(fault: fault.name) }
    }

    /// The timing of each fault, and the places of its steps in the plan.
    func schedule(of plan: Plan) -> [(timing: InjectionTiming, steps: [Int])] {
        let steps = Dictionary(grouping: plan.steps.indices) { plan.steps[$0].fault.name }
        return injections.map { (timing: $0.timing ?? .untilTheEnd, steps: steps[$0.name] ?? []) }
    }
}
