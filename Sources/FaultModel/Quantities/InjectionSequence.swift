/// The order in which a fault reaches several targets.
public enum InjectionSequence: String, Hashable, Sendable, CaseIterable {
    /// All targets at once.
    case parallel
    /// One target after the other.
    case serial
}
