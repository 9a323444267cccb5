/// Takes entries one after another and remembers everything that is wrong with them.
struct FaultReader<Subject: Sendable> {
    private let schema: FaultSchema<Subject>
    private let deployment: Deployment
    private var subject: Subject
    private var states: [FieldState]
    /// The entry that set a field first, for messages about a second one.
    private var first: [ShownEntry?]
    private var diagnostics: [Diagnostic] = []

    init(_ schema: FaultSchema<Subject>, for deployment: Deployment) {
        self.schema = schema
        self.deployment = deployment
        subject = schema.template
        states = Array(repeating: .absent, count: schema.fields.count)
        first = Array(repeating: nil, count: schema.fields.count)
    }

    /// Reads an entry into its field.
    mutating func take(_ entry: TunableEntry) {
        guard let spelling = schema.field(spelled: entry.key) else {
            diagnostics.append(unknownKey(entry))
            return
        }
        let field = schema.fields[spelling.index]
        let earlier = first[spelling.index]
        let earlierText = earlier == nil ? nil : field.write(subject)
        let outcome = read(entry, into: field)
        let isReadable = outcome.flaw == nil
        let shown = field.shown(entry, outcome.flaw)
        if entry.key != spelling.key { diagnostics.append(shown.diagnostic(.note, "another name of \(spelling.key)")) }
        if !schema.isDocumented(spelling.index) {
            let message = "the \(schema.edition) document does not list it; it is read as in another edition"
            diagnostics.append(shown.diagnostic(.note, message))
        }
        diagnostics += outcome.notes.map { shown.diagnostic(.note, $0) }
        if let flaw = outcome.flaw { diagnostics.append(field.diagnostic(for: flaw, in: shown)) }
        if let earlier {
            // Two names with one value contradict nobody; the same name twice is a slip whatever the values.
            let areReadable = isReadable && states[spelling.index] != .broken
            let isSameKey = earlier.key == entry.key
            if areReadable, !isSameKey, earlierText == field.write(subject) { return }
            states[spelling.index] = .broken
            // What could not be read has been reported, and contradicts nothing.
            if isSameKey || areReadable { diagnostics.append(conflict(shown, with: earlier)) }
        } else {
            first[spelling.index] = shown
            states[spelling.index] = isReadable ? .set(entry.place) : .broken
        }
    }

    /// Fills in the defaults, asks the rules, and hands everything over.
    consuming func finish() -> FaultReading<Subject> {
        for (index, field) in schema.fields.enumerated() where states[index] == .absent {
            if !field.setDefault(&subject) {
                states[index] = .broken
                guard deployment.needs(field.traits.layer) else { continue }
                diagnostics.append(
                    Diagnostic(
                        .error, key: field.traits.key, message: "is required and was not given", rule: field.rule,
                        hint: field.traits.hint))
            }
        }
        diagnostics += schema.judgeRules(subject, states: states, for: deployment)
        let tunables = states.indices.compactMap { index -> ResolvedTunable? in
            switch states[index] {
            case .absent:
                schema.isDocumented(index) ? schema.resolved(index, in: subject, origin: .documentedDefault) : nil
            case .set(let place):
                schema.resolved(
                    index, in: subject,
                    origin: .set(schema.fields[index].traits.isSecret ? place.withoutValue : place))
            case .broken: nil
            }
        }
        return FaultReading(
            fault: diagnostics.containErrors ? nil : subject, diagnostics: diagnostics, tunables: tunables,
            faultID: schema.id)
    }

    /// What came of the entries so far, without defaults and rules: the value of one key, if it has one.
    consuming func finish(only key: String) -> EntryReading {
        var text: String?
        if let spelling = schema.field(spelled: key), case .set = states[spelling.index] {
            let field = schema.fields[spelling.index]
            text = field.traits.isSecret ? nil : field.write(subject)
        }
        return EntryReading(text: text, diagnostics: diagnostics)
    }

    /// Reads the value; with a flaw, the property keeps what it held.
    private mutating func read(
        _ entry: TunableEntry, into field: TunableField<Subject>
    ) -> (notes: [String], flaw: TunableFlaw?) {
        var text = entry.value
        var notes: [String] = []
        if field.ignoresOuterSpace, let first = text.utf8.first, let last = text.utf8.last,
            first.isWhiteSpace || last.isWhiteSpace
        {
            text = text.withoutOuterSpace
            notes.append("white space around the value was ignored")
        }
        do throws(TunableFlaw) {
            if let note = try field.read(text, &subject) { notes.append(note) }
            return (notes, nil)
        } catch {
            return (notes, error)
        }
    }

    private func unknownKey(_ entry: TunableEntry) -> Diagnostic {
        let others = FaultCatalog.standard.documents.filter { $0.id != schema.id && $0.lists(entry.key) }.map(\.id)
        let keys = schema.fields.flatMap { [$0.traits.key] + $0.traits.aliases }
        let hint =
            if let near = NearestName.find(entry.key, in: keys) {
                near == entry.key.uppercased() ? "keys are written in capitals, \(near)" : "did you mean \(near)?"
            } else if let other = others.first {
                "it is one of \(other)"
            } else {
                "its tunables are \(schema.fields.map(\.traits.key).joined(separator: ", "))"
            }
        // Under a misspelled key the value may be a password.
        return ShownEntry(entry, hidingValue: true)
            .diagnostic(.error, "\(schema.id) has no such tunable", hint: hint)
    }

    private func conflict(_ entry: ShownEntry, with earlier: ShownEntry) -> Diagnostic {
        let place = earlier.place == .unknown || earlier.place == entry.place ? "" : " (\(earlier.place.withoutValue))"
        let message =
            earlier.key == entry.key
            ? "was given before\(place)" : "contradicts \(earlier.text)\(place), which names the same tunable"
        return entry.diagnostic(.error, message, hint: "keep one of them")
    }
}
