/// A choice: was the request picked, by which fault, and on what ground.
public struct Decision: Hashable, Sendable {
    /// Whether the request ends in a reset.
    public let selected: Bool
    /// The fault that decided: the one that picked the request, or the last one that spared it.
    public let fault: FaultName
    /// The ground of the choice, enough to repeat it: `arrival:N`, or `request:FINGERPRINT/OCCURRENCE` for a keyed draw.
    public let key: String

    /// Describes a choice.
    ///
    /// - Parameters:
    ///   - selected: Whether the request ends in a reset.
    ///   - fault: The fault that decided.
    ///   - key: The ground of the choice.
    public init(selected: Bool, fault: FaultName, key: String) {
        self.selected = selected
        self.fault = fault
        self.key = key
    }
}
