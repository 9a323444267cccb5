import Evidence
public import FaultModel

/// What stopped a run before its end.
public struct RunStop: Hashable, Sendable {
    /// Who stopped it.
    public let cause: Cause
    /// What happened, in one sentence with the figures.
    public let reason: String
    /// The line of the DSL that asked for it; `nil` when no line did.
    public let place: SourcePlace?
    /// The moment on the clock of the log.
    public let time: Timestamp
    /// Whether a verdict asked for it.
    let isViolation: Bool

    /// Describes a stop.
    ///
    /// - Parameters:
    ///   - cause: Who stopped the run.
    ///   - reason: What happened, in one sentence with the figures.
    ///   - place: The line of the DSL that asked for it.
    ///   - time: The moment on the clock of the log.
    public init(cause: Cause, reason: String, place: SourcePlace? = nil, time: Timestamp) {
        self.cause = cause
        self.reason = reason
        self.place = place
        self.time = time
        self.isViolation = false
    }

    /// Describes a stop by an expectation that was violated.
    init(violating verdict: Verdict, at place: SourcePlace, time: Timestamp) {
        cause = .condition
        reason = "\(verdict.expectation): violated. \(verdict.explanation)"
        self.place = place
        self.time = time
        isViolation = true
    }

    /// Who stopped a run; more may be added.
    public struct Cause: Hashable, Sendable, CustomStringConvertible {
        /// The name of the cause, as in `condition`.
        public let description: String

        /// Whoever called the run cancelled it.
        public static let cancelled: Cause = Cause(description: "cancelled")
        /// A condition of ``StopWhen``, except a probe's.
        public static let condition: Cause = Cause(description: "condition")
        /// A probe failed that stops the run by itself or by ``ProbeFails``.
        public static let probe: Cause = Cause(description: "probe")
        /// A fault could not be taken back in the middle of the run.
        public static let undoFailed: Cause = Cause(description: "undo failed")
    }
}

extension RunStop: CustomStringConvertible {
    /// The reason with its line.
    public var description: String { place.map { "\(reason) (\($0))" } ?? reason }
}
