import Evidence

extension Experiment {
    /// Says what a run would do, and touches nothing: of the backend it asks for the plan alone.
    ///
    /// ```swift
    /// print(try await experiment.rehearse(on: backend))
    /// ```
    ///
    /// - Parameter backend: What would apply the faults.
    /// - Returns: The plan with its targets, its timeline and its length.
    /// - Throws: ``InvalidExperiment`` with everything that is wrong with the experiment; what the backend throws when it
    ///   cannot plan, as when there are no targets.
    @concurrent
    public func rehearse(on backend: some FaultBackend) async throws -> Rehearsal {
        let draft = PlanDraft(self, try orders(for: backend.deployment))
        let plan = try await backend.plan(for: draft.request)
        try draft.checkTargets(of: plan)
        let timeline = Timeline(draft.course, of: draft.schedule(of: plan), holding: draft.longestHold)
        return Rehearsal(
            experiment: name, plan: plan,
            faults: injections.map { FaultReport($0, wasInjected: false) },
            timeline: timeline.entries.map { entry in
                Rehearsal.Moment(
                    time: entry.moment, isInjection: entry.change == .inject, step: plan.steps[entry.step])
            },
            duration: timeline.length,
            objections: blastRadius?.objections(to: plan, lasting: timeline.length) ?? [])
    }
}
