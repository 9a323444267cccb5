import Evidence
public import Experiments
public import FaultModel
import FaultProxy

extension Lab: FaultBackend {
    /// On loopback: nobody has to say which pods, tasks or machines are meant.
    public var deployment: Deployment { .loopback }

    /// Plans one step for each fault: arming it at the proxy of the lab.
    ///
    /// - Parameter request: The faults of an experiment.
    /// - Returns: The steps, each with its undo.
    /// - Throws: ``LabError`` when a fault asks for something that a lab cannot do.
    public func plan(for request: PlanRequest) async throws -> Plan {
        for order in request.faults {
            if let obstacle = ProxyFault.obstacle(to: order.disruption) {
                throw LabError(description: "\(order.name): \(obstacle)")
            }
        }
        return Plan(
            steps: request.faults.map { order in
                PlanStep(
                    fault: order, target: "proxy \(proxy.address) → \(proxy.upstream)",
                    action: "arm \(order.disruption.summary)", undoAction: "lift \(order.name), cancel what is pending")
            })
    }

    /// Lets the faults of a run begin anew, whatever earlier runs chose.
    ///
    /// - Parameter plan: The plan.
    /// - Throws: ``LabError`` when a fault of the same name is armed already: the run would lift what is not its own; or an
    ///   error that names a host of a filter which does not exist.
    public func preflight(_ plan: Plan) async throws {
        let names = plan.steps.map(\.fault.name)
        let armed = proxy.armedFaults
        if let name = names.first(where: armed.contains) {
            throw LabError(
                description: "\(name) is armed at \(proxy.address) already; lift it, or inject under another name")
        }
        try await proxy.preflight(plan.steps.map { ProxyFault($0.fault.name, $0.fault.disruption) })
        proxy.forget(names)
    }

    /// Arms the fault of a step; in pulses, it goes on choosing where it was, so that a share is one of all pulses.
    ///
    /// - Parameter step: The step.
    /// - Throws: An error that names a host of a filter which is no longer found.
    public func inject(_ step: PlanStep) async throws {
        try await proxy.rearm([ProxyFault(step.fault.name, step.fault.disruption)])
    }

    /// Checks that the fault of a step is armed.
    ///
    /// - Parameter step: The step.
    /// - Throws: ``LabError`` when it is not.
    public func verifyInjected(_ step: PlanStep) async throws {
        guard proxy.armedFaults.contains(step.fault.name) else {
            throw LabError(description: "\(step.fault.name) is not armed at \(proxy.address)")
        }
    }

    /// Lifts the fault of a step.
    ///
    /// - Parameter step: The step.
    /// - Throws: Nothing; a lab can always lift.
    public func undo(_ step: PlanStep) async throws {
        await proxy.lift([step.fault.name])
    }

    /// Checks that the fault of a step is lifted.
    ///
    /// - Parameter step: The step.
    /// - Throws: ``LabError`` when it is not.
    public func verifyUndone(_ step: PlanStep) async throws {
        guard !proxy.armedFaults.contains(step.fault.name) else {
            throw LabError(description: "\(step.fault.name) is still armed at \(proxy.address)")
        }
    }
}

/// Something that a lab could not do.
public struct LabError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted and what stands in the way.
    public let description: String
}
