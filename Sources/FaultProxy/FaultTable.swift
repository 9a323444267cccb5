import Evidence
import FaultModel
import ResetPeer
import Synchronization

/// The armed faults of a proxy and the choices they have made, shared by its loops.
final class FaultTable: Sendable {
    private let state: Mutex<State>
    private let log: EventLog

    /// A fault that is armed, as one of the engines takes it.
    private enum Armed {
        case reset(ResetRule)
        case shape(LinkRule)

        var id: Int {
            switch self {
            case .reset(let rule): rule.id.number
            case .shape(let rule): rule.id
            }
        }

        var name: String {
            switch self {
            case .reset(let rule): rule.name
            case .shape(let rule): rule.name
            }
        }

        /// Whether it does what a fault asks for.
        func isSame(as fault: ResolvedFault) -> Bool {
            switch (self, fault.kind) {
            case (.reset(let rule), .reset(let disruption)): rule.disruption == disruption
            case (.shape(let rule), .shape(let disruption, _, let clients)):
                rule.disruption == disruption && rule.clients == clients
            default: false
            }
        }
    }

    private struct State {
        var armed: [Armed] = []
        /// The last rule of each name that was lifted and may go on where it was.
        var lifted: [String: ResetRule] = [:]
        var chooser: Chooser
        var armings = 0

        var rules: [ResetRule] { armed.compactMap { if case .reset(let rule) = $0 { rule } else { nil } } }

        mutating func keepChoices() { chooser.keepOnly(rules + lifted.values) }
    }

    init(seed: UInt64, log: EventLog) {
        state = Mutex(State(chooser: Chooser(seed: seed)))
        self.log = log
    }

    var rules: [ResetRule] { state.withLock { $0.rules } }

    var links: [LinkRule] {
        state.withLock { state in state.armed.compactMap { if case .shape(let rule) = $0 { rule } else { nil } } }
    }

    var names: [FaultName] { state.withLock { $0.armed.map { FaultName($0.name) } } }

    func choose(_ rule: ResetRule, _ fingerprint: RequestFingerprint) -> Choice {
        state.withLock { $0.chooser.choose(fingerprint, under: rule) }
    }

    /// Arms faults; one that is armed under the same name is replaced, and one that is the same stays as it is, so that
    /// repeating a call decides nothing anew.
    ///
    /// - Parameters:
    ///   - faults: The faults.
    ///   - isContinuing: Whether one that was lifted and is the same goes on choosing where it was.
    /// - Returns: Whether anything changed.
    func arm(_ faults: [ResolvedFault], continuing isContinuing: Bool = false) -> Bool {
        change { state, now in
            for fault in faults {
                let existing = state.armed.firstIndex { $0.name == fault.name.text }
                if let existing, state.armed[existing].isSame(as: fault) { continue }
                state.armings += 1
                let armed = Self.armed(fault, number: state.armings, at: now)
                if let existing { state.armed[existing] = armed } else { state.armed.append(armed) }
                let earlier = state.lifted.removeValue(forKey: fault.name.text)
                if isContinuing, let earlier, case .reset(let rule) = armed, earlier.disruption == rule.disruption {
                    state.chooser.carryOver(from: earlier, to: rule)
                }
            }
        }
    }

    private static func armed(_ fault: ResolvedFault, number: Int, at now: Timestamp) -> Armed {
        switch fault.kind {
        case .reset(let disruption):
            .reset(
                ResetRule(id: ResetRule.ID(number), name: fault.name.text, disruption: disruption, armedAt: now))
        case .shape(let disruption, let configuration, let clients):
            .shape(
                LinkRule(
                    id: number, name: fault.name.text, disruption: disruption, configuration: configuration,
                    clients: clients))
        }
    }

    /// Lifts the faults with these names, or all of them.
    ///
    /// - Parameter names: The names; `nil` for all.
    /// - Returns: Whether anything changed.
    func lift(_ names: [FaultName]?) -> Bool {
        change { state, _ in
            let isLifted: (Armed) -> Bool = { armed in names?.contains { $0.text == armed.name } ?? true }
            for case .reset(let rule) in state.armed where isLifted(.reset(rule)) { state.lifted[rule.name] = rule }
            state.armed.removeAll(where: isLifted)
        }
    }

    /// Lets lifted faults begin anew when they are armed the next time.
    func forget(_ names: [FaultName]) {
        state.withLock { state in
            for name in names { state.lifted[name.text] = nil }
            state.keepChoices()
        }
    }

    private func change(_ body: (inout State, Timestamp) -> Void) -> Bool {
        state.withLock { state in
            let now = log.now
            let before = state.armed
            body(&state, now)
            let after = state.armed
            state.keepChoices()
            let armed = after.filter { fault in !before.contains { $0.id == fault.id } }
            let lifted = before.filter { fault in !after.contains { $0.name == fault.name } }
            // Under the lock: the log has changes in the order in which they took effect, and before the first decision
            // that follows from one.
            for fault in lifted { log.append(.faultLifted(FaultName(fault.name)), at: now) }
            for fault in armed { log.append(.faultArmed(FaultName(fault.name)), at: now) }
            return !(armed.isEmpty && lifted.isEmpty)
        }
    }
}
