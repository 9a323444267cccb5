public import Evidence
public import FaultModel

/// A disruption under the name by which a proxy arms, reports and lifts it.
public struct ProxyFault: Hashable, Sendable {
    /// The name; no two faults of a proxy share one.
    public let name: FaultName
    /// What it does.
    public let disruption: Disruption

    /// Names a disruption.
    ///
    /// - Parameters:
    ///   - name: The name; no two faults of a proxy share one.
    ///   - disruption: What it does.
    public init(_ name: FaultName, _ disruption: Disruption) {
        self.name = name
        self.disruption = disruption
    }
}
