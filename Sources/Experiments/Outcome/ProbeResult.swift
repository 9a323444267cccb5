public import Evidence
public import FaultModel

/// What a probe answered: once at an edge of the run, or in all its samples while the run went on.
public struct ProbeResult: Hashable, Sendable {
    /// The name of the probe.
    public let name: String
    /// When the probe is asked.
    public let mode: ProbeMode
    /// The phase in which it was asked; `Phase.hold` stands for all phases of a probe that is asked again and again.
    public let phase: Phase
    /// Whether the system was healthy, in every sample.
    public let passed: Bool
    /// Why not, from the first sample that failed, or what the last answer said; may be empty.
    public let detail: String
    /// The time that the answer took; of several samples, the longest.
    public let duration: Duration
    /// The line of the DSL.
    public let place: SourcePlace
    /// How many samples were taken; 0 for a probe whose time never came.
    public let samples: Int
    /// How many samples failed.
    public let failures: Int
    /// The moment of the first sample that failed; `nil` when none did, and for probes that are asked once.
    public let firstFailure: Timestamp?

    /// Describes answers.
    ///
    /// - Parameters:
    ///   - name: The name of the probe.
    ///   - mode: When the probe is asked.
    ///   - phase: The phase in which it was asked.
    ///   - passed: Whether the system was healthy, in every sample.
    ///   - detail: Why not, or what the last answer said.
    ///   - duration: The time that the answer took; of several samples, the longest.
    ///   - place: The line of the DSL.
    ///   - samples: How many samples were taken.
    ///   - failures: How many samples failed; when absent, 0 or 1 by `passed`.
    ///   - firstFailure: The moment of the first sample that failed.
    public init(
        name: String, mode: ProbeMode, phase: Phase, passed: Bool, detail: String, duration: Duration,
        place: SourcePlace, samples: Int = 1, failures: Int? = nil, firstFailure: Timestamp? = nil
    ) {
        self.name = name
        self.mode = mode
        self.phase = phase
        self.passed = passed
        self.detail = detail
        self.duration = duration
        self.place = place
        self.samples = samples
        self.failures = failures ?? (passed ? 0 : 1)
        self.firstFailure = firstFailure
    }
}
