import Evidence
import FaultModel
import ResetPeer
import Synchronization

/// The armed faults of a proxy and the choices they have made, shared by its loops.
final class FaultTable: Sendable {
    private let state: Mutex<State>
    private let log: EventLog

    private struct State {
        var rules: [ResetRule] = []
        /// The last rule of each name that was lifted and may go on where it was.
        var lifted: [String: ResetRule] = [:]
        var chooser: Chooser
        var armings = 0

        mutating func keepChoices() { chooser.keepOnly(rules + lifted.values) }
    }

    init(seed: UInt64, log: EventLog) {
        state = Mutex(State(chooser: Chooser(seed: seed)))
        self.log = log
    }

    var rules: [ResetRule] { state.withLock { $0.rules } }

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
    func arm(_ faults: [ProxyFault], continuing isContinuing: Bool = false) -> Bool {
        change { state, now in
            for fault in faults {
                // A fault that is none of the engine's is refused where it is made.
                guard case .reset(let disruption) = fault.disruption else { continue }
                let existing = state.rules.firstIndex { $0.name == fault.name.text }
                if let existing, state.rules[existing].disruption == disruption { continue }
                state.armings += 1
                let rule = ResetRule(
                    id: ResetRule.ID(state.armings), name: fault.name.text, disruption: disruption, armedAt: now)
                if let existing { state.rules[existing] = rule } else { state.rules.append(rule) }
                let earlier = state.lifted.removeValue(forKey: rule.name)
                if isContinuing, let earlier, earlier.disruption == disruption {
                    state.chooser.carryOver(from: earlier, to: rule)
                }
            }
        }
    }

    /// Lifts the faults with these names, or all of them.
    ///
    /// - Parameter names: The names; `nil` for all.
    /// - Returns: Whether anything changed.
    func lift(_ names: [FaultName]?) -> Bool {
        change { state, _ in
            let lifted = state.rules.filter { rule in names?.contains { $0.text == rule.name } ?? true }
            for rule in lifted { state.lifted[rule.name] = rule }
            state.rules.removeAll { rule in lifted.contains { $0.id == rule.id } }
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
            let before = state.rules
            body(&state, now)
            let after = state.rules
            state.keepChoices()
            let armed = after.filter { rule in !before.contains { $0.id == rule.id } }
            let lifted = before.filter { rule in !after.contains { $0.name == rule.name } }
            // Under the lock: the log has changes in the order in which they took effect, and before the first decision
            // that follows from one.
            for rule in lifted { log.append(.faultLifted(FaultName(rule.name)), at: now) }
            for rule in armed { log.append(.faultArmed(FaultName(rule.name)), at: now) }
            return !(armed.isEmpty && lifted.isEmpty)
        }
    }
}
