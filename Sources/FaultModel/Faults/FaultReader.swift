/// Takes entries one after another and remembers everything that is wrong with them.
struct FaultReader<Subject: Sendable> {
    private let schema: FaultSchema<Subject>
    private let deployment: Deployment
    private var subject: Subject
    private var states: [FieldState]
    /// The entry that set a field first, for messages about a second one.
    private var first: [TunableEntry?]
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
        if entry.key != spelling.key {
            diagnostics.append(field.note("another name of \(spelling.key)", on: entry))
        }
        if !schema.isDocumented(spelling.index) {
            let message = "the \(schema.edition) document does not list it; it is read as in another edition"
            diagnostics.append(field.note(message, on: entry))
        }
        let earlier = first[spelling.index]
        let earlierText = earlier == nil ? nil : field.write(subject)
        let isReadable = read(entry, into: field)
        if let earlier {
            // Two names with one value contradict nobody; the same name twice is a slip whatever the values.
            let areReadable = isReadable && states[spelling.index] != .broken
            let isSameKey = earlier.key == entry.key
            if areReadable, !isSameKey, earlierText == field.write(subject) { return }
            states[spelling.index] = .broken
            // What could not be read has been reported, and contradicts nothing.
            if isSameKey || areReadable { diagnostics.append(conflict(entry, with: earlier, of: field)) }
        } else {
            first[spelling.index] = entry
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

    /// Whether the value could be read; if not, the property keeps what it held.
    private mutating func read(_ entry: TunableEntry, into field: TunableField<Subject>) -> Bool {
        var text = entry.value
        if field.ignoresOuterSpace, let first = text.utf8.first, let last = text.utf8.last,
            first.isWhiteSpace || last.isWhiteSpace
        {
            text = text.withoutOuterSpace
            diagnostics.append(field.note("white space around the value was ignored", on: entry))
        }
        do throws(TunableFlaw) {
            if let note = try field.read(text, &subject) { diagnostics.append(field.note(note, on: entry)) }
            return true
        } catch {
            diagnostics.append(field.diagnostic(for: error, in: entry))
            return false
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
        // The value stays unsaid: under a misspelled key it may be a password.
        return Diagnostic(
            .error, key: entry.key, message: "\(schema.id) has no such tunable", hint: hint,
            place: entry.place.withoutValue)
    }

    private func conflict(
        _ entry: TunableEntry, with earlier: TunableEntry, of field: TunableField<Subject>
    ) -> Diagnostic {
        let other = field.traits.isSecret ? earlier.key : "\(earlier.key)=\(earlier.value)"
        let place = earlier.place == .unknown || earlier.place == entry.place ? "" : " (\(earlier.place.withoutValue))"
        let message =
            if earlier.key == entry.key {
                "was given before\(place)"
            } else {
                "contradicts \(other)\(place), which names the same tunable"
            }
        return Diagnostic(
            .error, key: entry.key, value: field.traits.isSecret ? nil : entry.value, message: message,
            hint: "keep one of them", place: field.traits.isSecret ? entry.place.withoutValue : entry.place)
    }
}
