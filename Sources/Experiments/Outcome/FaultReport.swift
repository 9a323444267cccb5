public import Evidence

/// A fault of an experiment, as it was asked for.
public struct FaultReport: Hashable, Sendable {
    /// The name.
    public let name: FaultName
    /// When it was to begin and end, in words.
    public let schedule: String
    /// Whether it was given a schedule; without one, it stays until the end.
    public let isScheduled: Bool
    /// How much it counts in the score, 1 to 10.
    public let weight: Int
    /// Whether it was in place on any target, verified.
    public let wasInjected: Bool
    /// The line of the DSL.
    public let place: SourcePlace

    /// Describes a fault.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - schedule: When it was to begin and end, in words.
    ///   - isScheduled: Whether it was given a schedule.
    ///   - weight: How much it counts in the score, 1 to 10.
    ///   - wasInjected: Whether it was in place on any target, verified.
    ///   - place: The line of the DSL.
    public init(
        name: FaultName, schedule: String, isScheduled: Bool = true, weight: Int, wasInjected: Bool, place: SourcePlace
    ) {
        self.name = name
        self.schedule = schedule
        self.isScheduled = isScheduled
        self.weight = weight
        self.wasInjected = wasInjected
        self.place = place
    }
}

extension FaultReport {
    init(_ injection: Inject, wasInjected: Bool) {
        self.init(
            name: injection.name, schedule: (injection.timing ?? .untilTheEnd).description,
            isScheduled: injection.schedule != nil, weight: injection.weight, wasInjected: wasInjected,
            place: injection.place)
    }
}
