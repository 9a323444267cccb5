/// A step of the plan, and what became of it.
public struct StepReport: Hashable, Sendable {
    /// The step.
    public let step: PlanStep
    /// What became of it.
    public var state: StepState
    /// How often it was injected and verified: more than once in pulses.
    public var injections: Int

    /// Describes a step.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - state: What became of it.
    ///   - injections: How often it was injected and verified.
    public init(step: PlanStep, state: StepState, injections: Int = 0) {
        self.step = step
        self.state = state
        self.injections = injections
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
    /// The switch that undoes it by itself was about to be set, or is set; nothing else was done.
    public static let undoArmed: StepState = StepState(description: "undo armed", mayBeInPlace: true)
    /// It was begun, and nobody knows how far it got.
    public static let injecting: StepState = StepState(description: "injecting", mayBeInPlace: true)
    /// It is in place.
    public static let injected: StepState = StepState(description: "injected", mayBeInPlace: true)
    /// It was taken back, and that was verified.
    public static let reverted: StepState = StepState(description: "reverted", mayBeInPlace: false)
    /// It could not be verified that nothing of it is left.
    public static let revertFailed: StepState = StepState(description: "revert failed", mayBeInPlace: true)
}
