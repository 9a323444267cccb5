public import Evidence
public import FaultModel

/// What an experiment asks of a backend.
public struct PlanRequest: Hashable, Sendable {
    /// The name of the experiment.
    public let experiment: String
    /// The faults in the order in which they are to be injected.
    public let faults: [FaultOrder]

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - experiment: The name of the experiment.
    ///   - faults: The faults in the order in which they are to be injected.
    public init(experiment: String, faults: [FaultOrder]) {
        self.experiment = experiment
        self.faults = faults
    }
}

/// A fault in the words that a backend understands: a name and a disruption.
public struct FaultOrder: Hashable, Sendable {
    /// The name by which the fault is armed, reported and lifted.
    public let name: FaultName
    /// What happens on the wire.
    public let disruption: Disruption
    /// The documented fault with its tunables, by which a backend on a platform finds its targets; `nil` when there is none.
    ///
    /// It may hold secrets. They show in no description, and what a backend writes down must be made of other things.
    public let documented: (any Fault)?

    /// Describes a fault.
    ///
    /// - Parameters:
    ///   - name: The name by which the fault is armed, reported and lifted.
    ///   - disruption: What happens on the wire.
    ///   - documented: The documented fault with its tunables, if there is one.
    public init(name: FaultName, disruption: Disruption, documented: (any Fault)? = nil) {
        self.name = name
        self.disruption = disruption
        self.documented = documented
    }

    /// Whether both mean the same, tunables included.
    public static func == (first: FaultOrder, second: FaultOrder) -> Bool {
        first.name == second.name && first.disruption == second.disruption
            && first.documented.map { AnyHashable($0) } == second.documented.map { AnyHashable($0) }
    }

    /// Hashes name and meaning, which tell orders apart.
    ///
    /// - Parameter hasher: The hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(disruption)
    }
}

/// The exact steps on the chosen targets, each with its undo.
///
/// A plan is printed and reviewed before anything changes, and nothing is done that is not in it.
public struct Plan: Hashable, Sendable {
    /// The steps in the order in which they are applied; undone in reverse.
    public let steps: [PlanStep]
    /// All targets there were to choose from, in the words of the backend.
    public let candidates: [String]

    /// Creates a plan.
    ///
    /// - Parameters:
    ///   - steps: The steps in the order in which they are applied.
    ///   - candidates: All targets there were to choose from, the chosen ones among them; only the chosen when absent.
    public init(steps: [PlanStep], candidates: [String]? = nil) {
        self.steps = steps
        self.candidates = candidates ?? Plan.targets(of: steps)
    }

    /// The targets that the steps change, each once, in the order of the steps.
    public var affectedTargets: [String] { Plan.targets(of: steps) }

    private static func targets(of steps: [PlanStep]) -> [String] {
        var seen: Set<String> = []
        return steps.map(\.target).filter { seen.insert($0).inserted }
    }
}

/// One change on one target, with the change that takes it back.
public struct PlanStep: Hashable, Sendable {
    /// The fault that asks for the change.
    public let fault: FaultOrder
    /// The target in the words of the backend, as in `lab` or `10.0.0.7:8080`.
    public let target: String
    /// What will be done, for people.
    public let action: String
    /// What will take it back, for people.
    public let undoAction: String

    /// Describes a change.
    ///
    /// - Parameters:
    ///   - fault: The fault that asks for the change.
    ///   - target: The target in the words of the backend.
    ///   - action: What will be done, for people.
    ///   - undoAction: What will take it back, for people.
    public init(fault: FaultOrder, target: String, action: String, undoAction: String) {
        self.fault = fault
        self.target = target
        self.action = action
        self.undoAction = undoAction
    }
}

extension Plan: CustomStringConvertible {
    /// Two lines for each step: what will be done, and what will take it back.
    public var description: String {
        steps.enumerated().map { index, step in
            "\(index + 1). \(step.fault.name) on \(step.target): \(step.action)\n   undo: \(step.undoAction)"
        }.joined(separator: "\n")
    }
}
