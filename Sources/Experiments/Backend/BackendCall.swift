import FaultModel

/// A call that a ``RecordingBackend`` received.
public struct BackendCall: Hashable, Sendable {
    /// What was asked.
    public let operation: Operation
    /// The step that it was asked for; `nil` for calls about the whole plan.
    public let step: PlanStep?
    /// The time after which a switch undoes the step; `nil` for calls that set none.
    public let delay: Duration?

    init(_ operation: Operation, _ step: PlanStep? = nil, delay: Duration? = nil) {
        self.operation = operation
        self.step = step
        self.delay = delay
    }

    /// A requirement of ``FaultBackend``; more may be added.
    public struct Operation: Hashable, Sendable, CustomStringConvertible {
        /// The name of the requirement, as in `verifyUndone`.
        public let description: String

        /// The plan was asked for.
        public static let plan: Operation = Operation(description: "plan")
        /// The plan was checked.
        public static let preflight: Operation = Operation(description: "preflight")
        /// Targets were looked at again, right before steps were applied.
        public static let recheck: Operation = Operation(description: "recheck")
        /// A switch was set that undoes a step by itself.
        public static let armUndo: Operation = Operation(description: "armUndo")
        /// A step was applied.
        public static let inject: Operation = Operation(description: "inject")
        /// A step was checked after it was applied.
        public static let verifyInjected: Operation = Operation(description: "verifyInjected")
        /// A step was taken back.
        public static let undo: Operation = Operation(description: "undo")
        /// A step was checked after it was taken back.
        public static let verifyUndone: Operation = Operation(description: "verifyUndone")
    }
}

extension BackendCall: CustomStringConvertible {
    /// The operation with its fault and target, as in `inject reset-peer on target`.
    public var description: String {
        guard let step else { return operation.description }
        return "\(operation) \(step.fault.name) on \(step.target)"
    }
}
