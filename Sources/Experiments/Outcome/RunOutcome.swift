/// How a run ended, in one word with an exit code; more outcomes may be added.
///
/// When several apply, the gravest names the run, in this order: ``notCleanedUp``, ``stopped``, ``notInjected``,
/// ``steadyStateNotMet``, ``violated``, ``noEffect``, ``inconclusive``, ``passed``.
public struct RunOutcome: Hashable, Sendable, CustomStringConvertible {
    /// The name of the outcome, as in `violated`.
    public let description: String
    /// The exit code for a command that ran the experiment.
    public let exitCode: Int32

    /// Everything held, and everything was cleaned up.
    public static let passed: RunOutcome = RunOutcome(description: "passed", exitCode: 0)
    /// An expectation did not hold, or the steady state was not met after the faults.
    public static let violated: RunOutcome = RunOutcome(description: "violated", exitCode: 1)
    /// The backend could not plan or apply the faults; what had been applied was undone.
    public static let notInjected: RunOutcome = RunOutcome(description: "not injected", exitCode: 3)
    /// Something of a fault may still be in place; the report names the target.
    public static let notCleanedUp: RunOutcome = RunOutcome(description: "not cleaned up", exitCode: 4)
    /// The evidence decides neither way.
    public static let inconclusive: RunOutcome = RunOutcome(description: "inconclusive", exitCode: 5)
    /// The fault touched nothing, so nothing was tested.
    public static let noEffect: RunOutcome = RunOutcome(description: "no effect", exitCode: 5)
    /// The system was not healthy before the faults, so nothing was injected.
    public static let steadyStateNotMet: RunOutcome = RunOutcome(description: "steady state not met", exitCode: 5)
    /// The run was cancelled, or a condition stopped it; what had been applied was undone.
    public static let stopped: RunOutcome = RunOutcome(description: "stopped", exitCode: 5)
}
