public import Evidence
public import FaultModel

/// Puts the phases of an ``Experiment`` together and lets the compiler check their order.
///
/// ```swift
/// SteadyState { … }     // at most one
/// BlastRadius(…)        // at most one
/// StopWhen { … }        // at most one
/// Inject(…)             // one or more, also in Serial { … }
/// Workload(…) { … }     // or Hold(for:), or both
/// Expect { … }          // at most one
/// ```
///
/// `if`, `switch`, `for` and `#available` may decide which faults, or whole phases, there are.
@resultBuilder
public enum ExperimentBuilder {
    // MARK: Phases

    /// Enables `SteadyState { … }`.
    public static func buildExpression(_ phase: SteadyState) -> ExperimentDraft<ExperimentStage.Opened> {
        ExperimentDraft(ExperimentParts(steadyStates: [phase]))
    }

    /// Enables `BlastRadius(…)`.
    public static func buildExpression(_ phase: BlastRadius) -> ExperimentDraft<ExperimentStage.Limited> {
        ExperimentDraft(ExperimentParts(blastRadii: [phase]))
    }

    /// Enables `StopWhen { … }`.
    public static func buildExpression(_ phase: StopWhen) -> ExperimentDraft<ExperimentStage.Limited> {
        ExperimentDraft(ExperimentParts(stops: [phase]))
    }

    /// Enables `Inject(…)`.
    public static func buildExpression(_ phase: Inject) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts(injections: [InjectionTree(phase)]))
    }

    /// Enables `Serial { … }`.
    public static func buildExpression(_ phase: Serial) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts(injections: [InjectionTree(phase)]))
    }

    /// Enables `Parallel { … }`.
    public static func buildExpression(_ phase: Parallel) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts(injections: [InjectionTree(phase)]))
    }

    /// Enables `Workload(…) { … }`.
    public static func buildExpression(_ phase: Workload) -> ExperimentDraft<ExperimentStage.Driven> {
        ExperimentDraft(ExperimentParts(workloads: [phase]))
    }

    /// Enables `Hold(for: …)`.
    public static func buildExpression(_ phase: Hold) -> ExperimentDraft<ExperimentStage.Driven> {
        ExperimentDraft(ExperimentParts(holds: [phase]))
    }

    /// Enables `Expect { … }`.
    public static func buildExpression(_ phase: Expect) -> ExperimentDraft<ExperimentStage.Closed> {
        ExperimentDraft(ExperimentParts(expects: [phase]))
    }

    // MARK: Order

    /// Enables an experiment that says nothing yet; running it reports what is missing.
    public static func buildBlock() -> ExperimentDraft<ExperimentStage.Opened> { ExperimentDraft(ExperimentParts()) }

    /// Enables any phase at the beginning of a block.
    public static func buildPartialBlock<Stage>(first: ExperimentDraft<Stage>) -> ExperimentDraft<Stage> { first }

    /// Enables `BlastRadius` or `StopWhen` after `SteadyState`.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Opened>, next: ExperimentDraft<ExperimentStage.Limited>
    ) -> ExperimentDraft<ExperimentStage.Limited> { accumulated.followed(by: next) }

    /// Enables `BlastRadius` and `StopWhen` below each other.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Limited>, next: ExperimentDraft<ExperimentStage.Limited>
    ) -> ExperimentDraft<ExperimentStage.Limited> { accumulated.followed(by: next) }

    /// Enables `Inject` after `BlastRadius` or `StopWhen`.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Limited>, next: ExperimentDraft<ExperimentStage.Injected>
    ) -> ExperimentDraft<ExperimentStage.Injected> { accumulated.followed(by: next) }

    /// Enables `Inject` after `SteadyState`.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Opened>, next: ExperimentDraft<ExperimentStage.Injected>
    ) -> ExperimentDraft<ExperimentStage.Injected> { accumulated.followed(by: next) }

    /// Enables several `Inject`.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Injected>, next: ExperimentDraft<ExperimentStage.Injected>
    ) -> ExperimentDraft<ExperimentStage.Injected> { accumulated.followed(by: next) }

    /// Enables `Workload` or `Hold` after `Inject`.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Injected>, next: ExperimentDraft<ExperimentStage.Driven>
    ) -> ExperimentDraft<ExperimentStage.Driven> { accumulated.followed(by: next) }

    /// Enables `Workload` and `Hold` below each other.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Driven>, next: ExperimentDraft<ExperimentStage.Driven>
    ) -> ExperimentDraft<ExperimentStage.Driven> { accumulated.followed(by: next) }

    /// Enables `Expect` right after `Inject`.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Injected>, next: ExperimentDraft<ExperimentStage.Closed>
    ) -> ExperimentDraft<ExperimentStage.Closed> { accumulated.followed(by: next) }

    /// Enables `Expect` at the end.
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Driven>, next: ExperimentDraft<ExperimentStage.Closed>
    ) -> ExperimentDraft<ExperimentStage.Closed> { accumulated.followed(by: next) }

    /// Ends the closure of an experiment.
    public static func buildFinalResult<Stage>(_ draft: ExperimentDraft<Stage>) -> ExperimentPhases {
        ExperimentPhases(parts: draft.parts)
    }

    // MARK: Control flow

    /// Enables `if` without `else` around phases.
    public static func buildOptional<Stage>(_ draft: ExperimentDraft<Stage>?) -> ExperimentDraft<Stage> {
        draft ?? ExperimentDraft(ExperimentParts())
    }

    /// Enables the first branch of `if … else` and `switch` around phases.
    public static func buildEither<Stage>(first draft: ExperimentDraft<Stage>) -> ExperimentDraft<Stage> { draft }

    /// Enables the other branches of `if … else` and `switch` around phases.
    public static func buildEither<Stage>(second draft: ExperimentDraft<Stage>) -> ExperimentDraft<Stage> { draft }

    /// Enables `for … in` around phases.
    public static func buildArray<Stage>(_ drafts: [ExperimentDraft<Stage>]) -> ExperimentDraft<Stage> {
        ExperimentDraft(drafts.reduce(ExperimentParts()) { $0 + $1.parts })
    }

    /// Enables `if #available` around phases.
    public static func buildLimitedAvailability<Stage>(
        _ draft: ExperimentDraft<Stage>
    ) -> ExperimentDraft<Stage> { draft }
}

// MARK: - What is rejected, and what it is told

// Most of these give back the stage from before, so that one mistake is one message, and not one for each phase below it.

extension ExperimentBuilder {
    /// Rejects a second steady state.
    @available(*, unavailable, message: "an experiment has one SteadyState: put all its probes there")
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Opened>, next: ExperimentDraft<ExperimentStage.Opened>
    ) -> ExperimentDraft<ExperimentStage.Opened> { accumulated.followed(by: next) }

    /// Rejects a second block of expectations.
    @available(*, unavailable, message: "an experiment has one Expect: put all its expectations there")
    public static func buildPartialBlock(
        accumulated: ExperimentDraft<ExperimentStage.Closed>, next: ExperimentDraft<ExperimentStage.Closed>
    ) -> ExperimentDraft<ExperimentStage.Closed> { accumulated.followed(by: next) }

    /// Rejects a steady state below another phase.
    @available(*, unavailable, message: "SteadyState comes first, before everything else")
    public static func buildPartialBlock<Earlier>(
        accumulated: ExperimentDraft<Earlier>, next: ExperimentDraft<ExperimentStage.Opened>
    ) -> ExperimentDraft<Earlier> { accumulated }

    /// Rejects a limit below the faults.
    @available(*, unavailable, message: "BlastRadius and StopWhen come before Inject, right after SteadyState")
    public static func buildPartialBlock<Earlier>(
        accumulated: ExperimentDraft<Earlier>, next: ExperimentDraft<ExperimentStage.Limited>
    ) -> ExperimentDraft<Earlier> { accumulated }

    /// Rejects a fault below the workload or the expectations.
    @available(*, unavailable, message: "Inject, Serial and Parallel come before Workload, Hold and Expect")
    public static func buildPartialBlock<Earlier>(
        accumulated: ExperimentDraft<Earlier>, next: ExperimentDraft<ExperimentStage.Injected>
    ) -> ExperimentDraft<Earlier> { accumulated }

    /// Rejects a workload without a fault above it, or below the expectations.
    @available(*, unavailable, message: "Workload and Hold stand after Inject and before Expect")
    public static func buildPartialBlock<Earlier>(
        accumulated: ExperimentDraft<Earlier>, next: ExperimentDraft<ExperimentStage.Driven>
    ) -> ExperimentDraft<ExperimentStage.Driven> { accumulated.followed(by: next) }

    /// Rejects expectations without a fault above them.
    @available(*, unavailable, message: "Expect comes last, and there is an Inject above it")
    public static func buildPartialBlock<Earlier>(
        accumulated: ExperimentDraft<Earlier>, next: ExperimentDraft<ExperimentStage.Closed>
    ) -> ExperimentDraft<ExperimentStage.Closed> { accumulated.followed(by: next) }

    /// Rejects a probe outside a steady state.
    @available(*, unavailable, message: "a Probe stands inside SteadyState { … }")
    public static func buildExpression(_ probe: Probe) -> ExperimentDraft<ExperimentStage.Opened> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects a stop condition outside its block.
    @available(*, unavailable, message: "ProbeFails stands inside StopWhen { … }")
    public static func buildExpression(_ probe: ProbeFails) -> ExperimentDraft<ExperimentStage.Limited> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects a stop condition outside its block.
    @available(*, unavailable, message: "Violated stands inside StopWhen { … }")
    public static func buildExpression(_ verdict: Violated) -> ExperimentDraft<ExperimentStage.Limited> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects a stop condition outside its block.
    @available(*, unavailable, message: "Elapsed stands inside StopWhen { … }")
    public static func buildExpression(_ limit: Elapsed) -> ExperimentDraft<ExperimentStage.Limited> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects an expectation outside its block.
    @available(*, unavailable, message: "an expectation stands inside Expect { … }")
    public static func buildExpression(_ expectation: any RunExpectation) -> ExperimentDraft<ExperimentStage.Closed> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects a bare disruption.
    @available(*, unavailable, message: "give the disruption a name and inject it: Inject(\"reset-peer\", …)")
    public static func buildExpression(_ reset: ResetDisruption) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects a bare rate limit.
    @available(*, unavailable, message: "give the disruption a name and inject it: Inject(\"slow-link\", …)")
    public static func buildExpression(_ shape: ShapeDisruption) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects a bare documented fault.
    @available(*, unavailable, message: "inject the fault: Inject(…)")
    public static func buildExpression(_ fault: any Fault) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects a bare fault of another kind.
    @available(*, unavailable, message: "inject the fault: Inject(…)")
    public static func buildExpression(_ fault: any Injectable) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts())
    }

    /// Rejects everything else with one sentence.
    @available(
        *, unavailable,
        message:
            "an experiment holds SteadyState, BlastRadius, StopWhen, Inject, Serial, Parallel, Workload, Hold and Expect; nothing else"
    )
    public static func buildExpression<Foreign>(_ foreign: Foreign) -> ExperimentDraft<ExperimentStage.Injected> {
        ExperimentDraft(ExperimentParts())
    }
}
