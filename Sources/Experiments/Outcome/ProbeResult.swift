public import Evidence

/// One answer of a probe.
public struct ProbeResult: Hashable, Sendable {
    /// The name of the probe.
    public let name: String
    /// When the probe is asked.
    public let mode: ProbeMode
    /// The phase in which it was asked this time.
    public let phase: Phase
    /// Whether the system was healthy.
    public let passed: Bool
    /// Why not, or an empty text.
    public let detail: String
    /// The time that the answer took.
    public let duration: Duration
    /// The line of the DSL.
    public let place: SourcePlace

    /// Describes an answer.
    ///
    /// - Parameters:
    ///   - name: The name of the probe.
    ///   - mode: When the probe is asked.
    ///   - phase: The phase in which it was asked this time.
    ///   - passed: Whether the system was healthy.
    ///   - detail: Why not, or an empty text.
    ///   - duration: The time that the answer took.
    ///   - place: The line of the DSL.
    public init(
        name: String, mode: ProbeMode, phase: Phase, passed: Bool, detail: String, duration: Duration,
        place: SourcePlace
    ) {
        self.name = name
        self.mode = mode
        self.phase = phase
        self.passed = passed
        self.detail = detail
        self.duration = duration
        self.place = place
    }
}
