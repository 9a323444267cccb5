public import Evidence
public import FaultModel
import Synchronization

/// A backend without a network, for rehearsals and for tests of whatever drives a backend.
///
/// It records every call, keeps account of what is in place, and fails or waits wherever it is told to:
///
/// ```swift
/// let clock = SimulatedClock()
/// let backend = RecordingBackend(clock: clock) { call in
///     if call.operation == .verifyUndone { throw LeftBehind() }
/// }
/// ```
public final class RecordingBackend: FaultBackend {
    /// The log that the backend writes to.
    public let log: EventLog
    /// The seed that reports print.
    public let seed: UInt64
    /// Where faults are said to be applied.
    public let deployment: Deployment
    /// The targets; every fault is planned on each of them.
    public let targets: [String]
    /// All targets there are to choose from; the share of a ``BlastRadius`` counts them.
    public let candidates: [String]
    private let reaction: @Sendable (BackendCall) async throws -> Void
    private let state = Mutex(State())

    private struct State {
        var calls: [BackendCall] = []
        var inPlace: [PlanStep] = []
        var switches: [PlanStep] = []
    }

    /// Creates a backend that writes to a log.
    ///
    /// - Parameters:
    ///   - log: The log to write to.
    ///   - seed: The seed that reports print.
    ///   - deployment: Where faults are said to be applied; for a rehearsal of what a platform would demand, `.platform`.
    ///   - targets: The targets; every fault is planned on each of them.
    ///   - candidates: All targets there are to choose from; the targets when absent.
    ///   - reaction: Called at each call, after it was recorded and before its effect: throws to make the call fail,
    ///     sleeps to make it slow.
    public init(
        log: EventLog,
        seed: UInt64 = 1,
        deployment: Deployment = .loopback,
        targets: [String] = ["target"],
        candidates: [String]? = nil,
        reaction: @escaping @Sendable (BackendCall) async throws -> Void = { _ in }
    ) {
        self.log = log
        self.seed = seed
        self.deployment = deployment
        self.targets = targets
        self.candidates = candidates ?? targets
        self.reaction = reaction
    }

    /// Creates a backend with a log of its own that runs on a clock.
    ///
    /// - Parameters:
    ///   - clock: The clock of the log, which starts now.
    ///   - seed: The seed that reports print.
    ///   - deployment: Where faults are said to be applied; for a rehearsal of what a platform would demand, `.platform`.
    ///   - targets: The targets; every fault is planned on each of them.
    ///   - candidates: All targets there are to choose from; the targets when absent.
    ///   - reaction: Called at each call, after it was recorded and before its effect.
    public convenience init(
        clock: some Clock<Duration>,
        seed: UInt64 = 1,
        deployment: Deployment = .loopback,
        targets: [String] = ["target"],
        candidates: [String]? = nil,
        reaction: @escaping @Sendable (BackendCall) async throws -> Void = { _ in }
    ) {
        self.init(
            log: EventLog(following: clock), seed: seed, deployment: deployment, targets: targets,
            candidates: candidates, reaction: reaction)
    }

    /// The calls so far, in order.
    public var calls: [BackendCall] { state.withLock(\.calls) }

    /// The steps that are in place, wholly or in part.
    public var inPlace: [PlanStep] { state.withLock(\.inPlace) }

    /// The steps that would be undone by themselves.
    public var armedUndos: [PlanStep] { state.withLock(\.switches) }

    /// Plans one step for each fault on each target.
    ///
    /// - Parameter request: What is asked for.
    /// - Returns: The steps, fault by fault.
    /// - Throws: Whatever the reaction throws.
    public func plan(for request: PlanRequest) async throws -> Plan {
        try await record(BackendCall(.plan))
        return Plan(
            steps: request.faults.flatMap { fault in
                targets.map { target in
                    PlanStep(
                        fault: fault, target: target, action: "record that \(fault.name) is in place",
                        undoAction: "record that \(fault.name) is gone")
                }
            }, candidates: candidates)
    }

    /// Records the check.
    ///
    /// - Parameter plan: The plan.
    /// - Throws: Whatever the reaction throws.
    public func preflight(_ plan: Plan) async throws {
        try await record(BackendCall(.preflight))
    }

    /// Records the check.
    ///
    /// - Parameter plan: The steps that are due now.
    /// - Throws: Whatever the reaction throws.
    public func recheck(_ plan: Plan) async throws {
        try await record(BackendCall(.recheck))
    }

    /// Keeps account of a switch, also when the reaction then throws.
    ///
    /// - Parameters:
    ///   - step: A step that is about to be applied.
    ///   - delay: The time after which it would be undone; nothing happens then.
    /// - Throws: Whatever the reaction throws.
    public func armUndo(_ step: PlanStep, after delay: Duration) async throws {
        state.withLock { $0.switches.append(step) }
        try await record(BackendCall(.armUndo, step, delay: delay))
    }

    /// Puts a step in place, also when the reaction then throws: like a change that was made in part.
    ///
    /// - Parameter step: A step of the plan.
    /// - Throws: Whatever the reaction throws.
    public func inject(_ step: PlanStep) async throws {
        state.withLock { $0.inPlace.append(step) }
        try await record(BackendCall(.inject, step))
        log.append(.faultArmed(step.fault.name))
    }

    /// Records the check.
    ///
    /// - Parameter step: A step that was applied.
    /// - Throws: Whatever the reaction throws.
    public func verifyInjected(_ step: PlanStep) async throws {
        try await record(BackendCall(.verifyInjected, step))
    }

    /// Takes a step back, unless the reaction throws.
    ///
    /// - Parameter step: A step that was begun.
    /// - Throws: Whatever the reaction throws; the step then stays in place.
    public func undo(_ step: PlanStep) async throws {
        try await record(BackendCall(.undo, step))
        state.withLock { state in
            state.inPlace.removeAll { $0 == step }
            state.switches.removeAll { $0 == step }
        }
        log.append(.faultLifted(step.fault.name))
    }

    /// Checks that neither a step nor its switch is in place.
    ///
    /// - Parameter step: A step that was undone.
    /// - Throws: Whatever the reaction throws, and ``StillInPlace``.
    public func verifyUndone(_ step: PlanStep) async throws {
        try await record(BackendCall(.verifyUndone, step))
        if inPlace.contains(step) || armedUndos.contains(step) { throw StillInPlace(step: step) }
    }

    private func record(_ call: BackendCall) async throws {
        state.withLock { $0.calls.append(call) }
        try await reaction(call)
    }

    /// A step that should be gone, and is not.
    public struct StillInPlace: Error, Hashable, CustomStringConvertible {
        /// The step.
        public let step: PlanStep

        /// Fault and target, as in `reset-peer is still in place on target`.
        public var description: String { "\(step.fault.name) is still in place on \(step.target)" }
    }
}
