public import Evidence
public import Experiments
public import FaultModel

/// Applies faults to a service that can break itself.
///
/// No product of the package has it: it shows what a backend takes. `Docs/writing-a-backend.md` walks through it.
public struct SwitchboardBackend: FaultBackend {
    /// The seed that reports print; the choices of this backend do not depend on it.
    public let seed: UInt64
    private let switchboard: Switchboard
    private let targets: [String]?

    /// Creates a backend.
    ///
    /// - Parameters:
    ///   - switchboard: The switches of the service.
    ///   - targets: The workers to break; all of them when absent.
    ///   - seed: The seed that reports print.
    public init(_ switchboard: Switchboard, targets: [String]? = nil, seed: UInt64 = 1) {
        self.switchboard = switchboard
        self.targets = targets
        self.seed = seed
    }

    /// The log of the service, so that requests and phases stand in one order.
    public var log: EventLog { switchboard.log }

    /// The workers are found by their names, and need none of the tunables that find pods or tasks.
    public var deployment: Deployment { .loopback }

    // MARK: Before anything changes

    /// Plans a switch for each fault on each target.
    ///
    /// - Parameter request: What is asked for.
    /// - Returns: The steps, and all workers as candidates.
    /// - Throws: ``SwitchboardError`` when there is no target, one is missing, or a worker cannot do what a fault says.
    public func plan(for request: PlanRequest) async throws -> Plan {
        let workers = switchboard.workers
        let chosen = targets ?? workers
        if chosen.isEmpty { throw SwitchboardError("there is no worker to break") }
        for target in chosen where !workers.contains(target) { throw SwitchboardError("there is no worker \(target)") }
        let steps = try request.faults.flatMap { fault in
            let selection = try Self.selection(of: fault)
            return chosen.map { target in
                PlanStep(
                    fault: fault, target: target, action: "turn a switch on: \(Self.words(for: selection))",
                    undoAction: "turn the switch off")
            }
        }
        return Plan(steps: steps, candidates: workers)
    }

    /// Checks that the workers of steps are still there.
    ///
    /// - Parameter plan: The steps that are due now.
    /// - Throws: ``SwitchboardError`` when one has gone.
    public func recheck(_ plan: Plan) async throws {
        let workers = switchboard.workers
        for target in plan.affectedTargets where !workers.contains(target) {
            throw SwitchboardError("the worker \(target) has gone")
        }
    }

    // MARK: The change

    /// Has the service turn a switch off by itself.
    ///
    /// - Parameters:
    ///   - step: A step that is about to be applied.
    ///   - delay: The time after which the switch turns itself off.
    /// - Throws: Nothing.
    public func armUndo(_ step: PlanStep, after delay: Duration) async throws {
        switchboard.expire(step.fault.name, on: step.target, at: log.now + delay)
    }

    /// Turns the switch of a step on.
    ///
    /// - Parameter step: A step of the plan.
    /// - Throws: ``SwitchboardError`` when the worker has gone.
    public func inject(_ step: PlanStep) async throws {
        let selection = try Self.selection(of: step.fault)
        guard switchboard.turnOn(step.fault.name, on: step.target, picking: selection) else {
            throw SwitchboardError("the worker \(step.target) has gone")
        }
    }

    /// Checks that the switch of a step is on; that its end is set is not enough.
    ///
    /// - Parameter step: A step that was applied.
    /// - Throws: ``SwitchboardError`` when it is not.
    public func verifyInjected(_ step: PlanStep) async throws {
        guard switchboard.isOn(step.fault.name, on: step.target) else {
            throw SwitchboardError("\(step.fault.name) is not on at \(step.target)")
        }
    }

    // MARK: The way back

    /// Turns the switch of a step off, together with its end.
    ///
    /// - Parameter step: A step that was begun.
    /// - Throws: Nothing; what is off already, or on a worker that has gone, stays off.
    public func undo(_ step: PlanStep) async throws {
        switchboard.turnOff(step.fault.name, on: step.target)
    }

    /// Checks that nothing is left of the switch of a step.
    ///
    /// - Parameter step: A step that was undone.
    /// - Throws: ``SwitchboardError`` when something is.
    public func verifyUndone(_ step: PlanStep) async throws {
        if switchboard.knows(step.fault.name, on: step.target) {
            throw SwitchboardError("\(step.fault.name) is still on at \(step.target)")
        }
    }

    // MARK: What a worker can do

    /// The one thing in which the faults that a worker can do differ.
    ///
    /// Everything else is compared as a whole: a property that is new to disruptions is then refused, not ignored.
    private static func selection(of fault: FaultOrder) throws -> Selection {
        guard case .reset(let reset) = fault.disruption else {
            throw SwitchboardError("\(fault.name): a worker resets connections and cannot shape a link")
        }
        guard reset == ResetDisruption(selection: reset.selection) else {
            throw SwitchboardError("\(fault.name): a worker resets at once, when its work is done, and in no other way")
        }
        switch reset.selection {
        case .all, .first: return reset.selection
        default: throw SwitchboardError("\(fault.name): a worker resets all requests or the first so many")
        }
    }

    private static func words(for selection: Selection) -> String {
        ResetDisruption(selection: selection).summary
    }
}

/// Something that the service could not do.
public struct SwitchboardError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What stands in the way.
    public let description: String

    init(_ description: String) { self.description = description }
}
