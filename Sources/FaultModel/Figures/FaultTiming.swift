/// When a fault starts and ends on its targets, as its document has it.
public struct FaultTiming: Hashable, Sendable {
    /// How long the fault lasts on each target.
    public let duration: Duration
    /// The wait before the fault, and again after it.
    public let rampTime: Duration
    /// Whether several targets are hit at once or one after another.
    public let sequence: InjectionSequence

    /// Describes a timing.
    ///
    /// - Parameters:
    ///   - duration: How long the fault lasts on each target.
    ///   - rampTime: The wait before the fault, and again after it.
    ///   - sequence: Whether several targets are hit at once or one after another.
    public init(duration: Duration, rampTime: Duration = .zero, sequence: InjectionSequence = .parallel) {
        self.duration = duration
        self.rampTime = rampTime
        self.sequence = sequence
    }

    /// The time from the beginning of the first wait to the end of the last.
    ///
    /// In a serial run each target has the fault for its whole duration, and the waits do not repeat.
    ///
    /// - Parameter targets: The number of targets, 0 or more.
    /// - Returns: The total time; saturates at the range of 64 bits in seconds.
    public func totalDuration(targets: Int) -> Duration {
        let turns = sequence == .serial ? max(targets, 0) : targets > 0 ? 1 : 0
        let (faulty, overflow) = duration.attoseconds.multipliedReportingOverflow(by: Int128(turns))
        let (total, overflow2) = faulty.addingReportingOverflow(rampTime.attoseconds)
        let (sum, overflow3) = total.addingReportingOverflow(rampTime.attoseconds)
        let longest = Duration.seconds(Int64.max).attoseconds
        if overflow || overflow2 || overflow3 { return Duration(attoseconds: duration < .zero ? -longest : longest) }
        return Duration(attoseconds: min(longest, max(-longest, sum)))
    }
}
