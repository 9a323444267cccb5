/// A phase of a run, in the order in which they are entered.
public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// The steady state is checked before anything changes.
    case steadyStateBefore
    /// The wait before the faults.
    case rampBefore
    /// The faults are armed.
    case inject
    /// The workload runs under the faults.
    case hold
    /// The faults are lifted, and the lifting is verified.
    case undo
    /// The wait after the faults.
    case rampAfter
    /// The steady state is checked again.
    case steadyStateAfter
    /// Expectations are evaluated.
    case evaluate
}
