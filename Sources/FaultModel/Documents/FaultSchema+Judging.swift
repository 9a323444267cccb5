/// What is known about the value of a tunable before the rules are asked.
enum FieldState: Hashable {
    /// Nothing was given.
    case absent
    /// It was read from what stands there.
    case set(Place)
    /// What was given could not be read, or a required value is missing.
    case broken
}

extension FaultSchema {
    /// Judges a fault that was made in Swift: ranges that its types leave open, and the rules.
    func judge(_ subject: Subject, at place: Place, for deployment: Deployment) -> [Diagnostic] {
        var states: [FieldState] = []
        var diagnostics: [Diagnostic] = []
        for field in fields {
            do throws(TunableFlaw) {
                try field.check(subject)
                states.append(.set(place))
            } catch {
                states.append(.broken)
                let entry = TunableEntry(field.traits.key, field.write(subject), place: place)
                diagnostics.append(field.diagnostic(for: error, in: field.shown(entry, error)))
            }
        }
        return diagnostics + judgeRules(subject, states: states, for: deployment)
    }

    /// Asks the rules whose properties all have a value.
    func judgeRules(_ subject: Subject, states: [FieldState], for deployment: Deployment) -> [Diagnostic] {
        rules.flatMap { rule -> [Diagnostic] in
            guard rule.deployment == nil || rule.deployment == deployment else { return [] }
            guard rule.fields.allSatisfy({ states[$0] != .broken }) else { return [] }
            return rule.judge(subject).map { finding in
                let field = fields[rule.fields[0]]
                let text = field.traits.isSecret ? "" : field.write(subject)
                // An empty value is worth showing to whoever wrote it only.
                let isShown = !text.isEmpty || states[rule.fields[0]] != .absent && !field.traits.isSecret
                return Diagnostic(
                    finding.severity, key: field.traits.key, value: isShown ? text : nil,
                    message: finding.message, hint: finding.hint, place: place(of: rule, states))
            }
        }
    }

    /// The place of the tunable a rule is about, or of the first other one it reads that somebody wrote.
    private func place(of rule: BoundRule<Subject>, _ states: [FieldState]) -> Place {
        for index in rule.fields {
            if case .set(let place) = states[index] {
                return fields[index].traits.isSecret ? place.withoutValue : place
            }
        }
        return .unknown
    }
}

extension TunableField {
    /// What may be shown of an entry of this tunable.
    func shown(_ entry: TunableEntry, _ flaw: TunableFlaw? = nil) -> ShownEntry {
        ShownEntry(entry, hidingValue: traits.isSecret || flaw?.hidesValue == true)
    }

    /// The message for a text or value that breaks the rule of the tunable.
    func diagnostic(for flaw: TunableFlaw, in entry: ShownEntry) -> Diagnostic {
        // The flaw of a secret may quote the value.
        if traits.isSecret { return entry.diagnostic(.error, rule, rule: rule) }
        return entry.diagnostic(.error, flaw.message ?? rule, rule: rule, hint: traits.hint ?? flaw.hint)
    }
}
