public import FaultModel

/// An armed fault: what to do, under which name, since when.
public struct ResetRule: Hashable, Sendable {
    /// The identity of this arming; a fault that is lifted and armed again is another rule.
    public let id: ID
    /// The name under which it is reported; with the seed it determines the choices.
    public let name: String
    /// What it does.
    public let disruption: ResetDisruption
    /// The moment at which it took effect.
    public let armedAt: Timestamp

    /// Describes an armed fault.
    ///
    /// - Parameters:
    ///   - id: The identity of this arming.
    ///   - name: The name under which it is reported.
    ///   - disruption: What it does.
    ///   - armedAt: The moment at which it took effect.
    public init(id: ID, name: String, disruption: ResetDisruption, armedAt: Timestamp) {
        self.id = id
        self.name = name
        self.disruption = disruption
        self.armedAt = armedAt
    }

    /// The identity of an arming.
    public struct ID: Hashable, Sendable {
        /// A number that is not used twice within a proxy.
        public let number: Int

        /// Creates an identity.
        ///
        /// - Parameter number: A number that is not used twice within a proxy.
        public init(_ number: Int) { self.number = number }
    }
}
