public import Evidence
public import FaultModel

/// A phase of a run with its beginning and its end on the clock of the log.
public struct PhaseSpan: Hashable, Sendable {
    /// The phase.
    public let phase: Phase
    /// The moment at which it was entered.
    public let start: Timestamp
    /// The moment at which it was left.
    public let end: Timestamp

    /// Describes a phase.
    ///
    /// - Parameters:
    ///   - phase: The phase.
    ///   - start: The moment at which it was entered.
    ///   - end: The moment at which it was left.
    public init(phase: Phase, start: Timestamp, end: Timestamp) {
        self.phase = phase
        self.start = start
        self.end = end
    }

    /// The length of the phase.
    public var duration: Duration { end - start }
}
