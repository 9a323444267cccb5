import Evidence
import FaultModel
import ResetPeer
import Synchronization

/// The armed faults of a proxy and the choices they have made, shared by its loops.
final class FaultTable: Sendable {
    private let state: Mutex<State>

    private struct State {
        var rules: [ResetRule] = []
        var chooser: Chooser
        var armings = 0
    }

    /// What a change did.
    struct Change {
        let armed: [FaultName]
        let lifted: [FaultName]

        var isEmpty: Bool { armed.isEmpty && lifted.isEmpty }
    }

    init(seed: UInt64) {
        state = Mutex(State(chooser: Chooser(seed: seed)))
    }

    var rules: [ResetRule] { state.withLock { $0.rules } }

    func choose(_ rule: ResetRule, _ fingerprint: RequestFingerprint) -> Choice {
        state.withLock { $0.chooser.choose(fingerprint, under: rule) }
    }

    /// Arms faults; one that is armed under the same name is replaced, and one that is the same stays as it is, so that
    /// repeating a call decides nothing anew.
    func arm(_ faults: [ProxyFault], at now: Timestamp) -> Change {
        change(at: now) { state in
            for fault in faults {
                guard case .reset(let disruption) = fault.disruption else { continue }
                let existing = state.rules.firstIndex { $0.name == fault.name.text }
                if let existing, state.rules[existing].disruption == disruption { continue }
                state.armings += 1
                let rule = ResetRule(
                    id: ResetRule.ID(state.armings), name: fault.name.text, disruption: disruption, armedAt: now)
                if let existing { state.rules[existing] = rule } else { state.rules.append(rule) }
            }
        }
    }

    /// Lifts the faults with these names, or all of them.
    func lift(_ names: [FaultName]?, at now: Timestamp) -> Change {
        change(at: now) { state in
            state.rules.removeAll { rule in names?.contains { $0.text == rule.name } ?? true }
        }
    }

    private func change(at now: Timestamp, _ body: (inout State) -> Void) -> Change {
        state.withLock { state in
            let before = state.rules
            body(&state)
            let after = state.rules
            state.chooser.keepOnly(after)
            return Change(
                armed: after.filter { rule in !before.contains { $0.id == rule.id } }.map { FaultName($0.name) },
                lifted: before.filter { rule in !after.contains { $0.id == rule.id } }.map { FaultName($0.name) })
        }
    }
}
