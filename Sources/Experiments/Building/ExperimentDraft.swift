/// The phases declared so far; the stage is the type, so that the compiler checks their order.
///
/// Only ``ExperimentBuilder`` makes drafts.
public struct ExperimentDraft<Stage>: Sendable {
    var parts: ExperimentParts

    init(_ parts: ExperimentParts) {
        self.parts = parts
    }

    func followed<Next>(by next: ExperimentDraft<Next>) -> ExperimentDraft<Next> {
        ExperimentDraft<Next>(parts + next.parts)
    }
}

/// All phases of an experiment, in an order that the compiler has checked.
///
/// The stage of the draft is gone: an error within the closure of an ``Experiment`` is then reported for itself, and not as a
/// stage that could not be inferred.
public struct ExperimentPhases: Sendable {
    let parts: ExperimentParts
}

/// The stages of a draft, named after the last phase declared; they have no values.
public enum ExperimentStage {
    /// The steady state, or nothing yet.
    public enum Opened {}
    /// How far the experiment may go: caps and stop conditions.
    public enum Limited {}
    /// One fault or more.
    public enum Injected {}
    /// What goes on under the faults: a workload, a hold, or both.
    public enum Driven {}
    /// What must hold; nothing follows.
    public enum Closed {}
}

/// The phases of an experiment as written, before anybody has checked that they make sense together.
struct ExperimentParts: Sendable {
    var steadyStates: [SteadyState] = []
    var blastRadii: [BlastRadius] = []
    var stops: [StopWhen] = []
    var injections: [InjectionTree] = []
    var workloads: [Workload] = []
    var holds: [Hold] = []
    var expects: [Expect] = []

    static func + (first: ExperimentParts, second: ExperimentParts) -> ExperimentParts {
        ExperimentParts(
            steadyStates: first.steadyStates + second.steadyStates,
            blastRadii: first.blastRadii + second.blastRadii,
            stops: first.stops + second.stops,
            injections: first.injections + second.injections,
            workloads: first.workloads + second.workloads,
            holds: first.holds + second.holds,
            expects: first.expects + second.expects)
    }
}
