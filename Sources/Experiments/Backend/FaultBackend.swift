public import Evidence
public import FaultModel

/// Whatever applies a disruption somewhere: an in-process lab, a Linux host, a container platform.
///
/// The runner calls it in this order, and never two calls at the same time:
///
/// 1. ``plan(for:)`` says what would be done, and how it would be undone; nothing changes.
/// 2. ``preflight(_:)`` checks, before anything changes, that the plan can be carried out.
/// 3. ``recheck(_:)`` for the steps that are due together, then for each of them ``armUndo(_:after:)``, ``inject(_:)`` and
///    ``verifyInjected(_:)``. A schedule may do this several times, and take steps back in between; a fault then goes on
///    choosing where it was, so that a share is one of all pulses.
/// 4. ``undo(_:)`` for each step that is not known to be clean, in reverse order, then ``verifyUndone(_:)`` for each.
///
/// Undo is called on success, on an error and on cancellation, and it runs in a task of its own that no cancellation
/// reaches. A step whose ``armUndo(_:after:)`` or ``inject(_:)`` threw is undone like the others, because it may have been
/// applied in part.
///
/// - Important: The runner waits for every call, so a backend bounds its own work: a call that cannot finish throws.
public protocol FaultBackend: Sendable {
    /// The log that the backend writes to; the runner adds phases, probes and calls.
    var log: EventLog { get }

    /// The seed from which all choices of the run follow; reports print it, and the same seed repeats the choices.
    var seed: UInt64 { get }

    /// Where faults are applied, which decides what their tunables have to say; the platform of their documents unless a
    /// backend says otherwise.
    ///
    /// Documented faults are judged for it before the backend is asked for a plan.
    var deployment: Deployment { get }

    /// Says what would be done, and how it would be undone, without changing anything.
    ///
    /// - Parameter request: What is asked for.
    /// - Returns: At least one step for each fault.
    /// - Throws: When there are no targets, or when the backend cannot do what a fault says. The run ends with
    ///   ``RunOutcome/notInjected``, and the error's text stands in the report.
    func plan(for request: PlanRequest) async throws -> Plan

    /// Checks that the plan can still be carried out: targets are there, privileges suffice.
    ///
    /// - Parameter plan: The plan.
    /// - Throws: When it cannot. Nothing has been changed; the run ends with ``RunOutcome/notInjected``.
    func preflight(_ plan: Plan) async throws

    /// Checks, after a ramp and right before steps are applied, that their targets are still there.
    ///
    /// - Parameter plan: The steps that are due now.
    /// - Throws: When a target has gone or is another one by now. Every step begun so far is undone; the run ends with
    ///   ``RunOutcome/notInjected``.
    func recheck(_ plan: Plan) async throws

    /// Sets a switch on the target that undoes a step by itself, in case nobody is left to do it.
    ///
    /// ``undo(_:)`` takes the switch away together with the step.
    ///
    /// - Parameters:
    ///   - step: A step that is about to be applied.
    ///   - delay: The time after which the switch undoes the step: what is planned, and a margin.
    /// - Throws: When it cannot be set. Every step begun so far is undone, this one included.
    func armUndo(_ step: PlanStep, after delay: Duration) async throws

    /// Applies a step, and logs the fault as armed.
    ///
    /// - Parameter step: A step of the plan.
    /// - Throws: When it could not be applied, or only in part. Every step begun so far is undone, this one included.
    func inject(_ step: PlanStep) async throws

    /// Checks that a step that was applied is in place, where that can be seen without traffic.
    ///
    /// - Parameter step: A step that was applied.
    /// - Throws: When it is not in place. Every step begun so far is undone, this one included.
    func verifyInjected(_ step: PlanStep) async throws

    /// Takes a step back, and logs the fault as lifted.
    ///
    /// Idempotent: undoing what was applied in part, not at all, or undone already, succeeds.
    ///
    /// - Parameter step: A step that was begun.
    /// - Throws: When it could not be taken back. The other steps are undone all the same.
    func undo(_ step: PlanStep) async throws

    /// Checks that nothing of a step is left; its word decides, not that of ``undo(_:)``.
    ///
    /// - Parameter step: A step that was undone.
    /// - Throws: When something is left or when that cannot be seen. The run ends with ``RunOutcome/notCleanedUp``.
    func verifyUndone(_ step: PlanStep) async throws
}

extension FaultBackend {
    /// The platform.
    public var deployment: Deployment { .platform }

    /// Accepts every plan; for backends whose plan cannot go stale.
    ///
    /// - Parameter plan: The plan.
    /// - Throws: Nothing.
    public func preflight(_ plan: Plan) async throws {}

    /// Accepts every target; for backends whose targets cannot go.
    ///
    /// - Parameter plan: The steps that are due now.
    /// - Throws: Nothing.
    public func recheck(_ plan: Plan) async throws {}

    /// Sets no switch; for backends whose faults end with the process.
    ///
    /// - Parameters:
    ///   - step: A step that is about to be applied.
    ///   - delay: The time after which it would be undone.
    /// - Throws: Nothing.
    public func armUndo(_ step: PlanStep, after delay: Duration) async throws {}

    /// Takes the word of ``inject(_:)``; for backends that apply a step at once or not at all.
    ///
    /// - Parameter step: A step that was applied.
    /// - Throws: Nothing.
    public func verifyInjected(_ step: PlanStep) async throws {}
}
