public import Evidence

/// A fault of an experiment, as it was asked for.
public struct FaultReport: Hashable, Sendable {
    /// The name.
    public let name: FaultName
    /// When it was to begin and end, in words.
    public let schedule: String
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
    ///   - weight: How much it counts in the score, 1 to 10.
    ///   - wasInjected: Whether it was in place on any target, verified.
    ///   - place: The line of the DSL.
    public init(name: FaultName, schedule: String, weight: Int, wasInjected: Bool, place: SourcePlace) {
        self.name = name
        self.schedule = schedule
        self.weight = weight
        self.wasInjected = wasInjected
        self.place = place
    }
}
