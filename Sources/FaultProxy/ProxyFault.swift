public import Evidence
public import FaultModel
import TrafficShaping

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
    /// - Precondition: There is no ``obstacle(to:)``.
    public init(_ name: FaultName, _ disruption: Disruption) {
        if let obstacle = Self.obstacle(to: disruption) { preconditionFailure("\(name): \(obstacle)") }
        self.name = name
        self.disruption = disruption
    }

    /// Why a proxy cannot do what a disruption says, in half a sentence.
    ///
    /// - Parameter disruption: A disruption.
    /// - Returns: The reason, or nothing when a proxy can.
    public static func obstacle(to disruption: Disruption) -> String? {
        guard case .shape(let shape) = disruption else { return nil }
        do throws(ShaperError) {
            _ = try ShaperConfiguration(shape)
            return nil
        } catch {
            return error.description
        }
    }
}
