extension TunableCodec where Value: TextQuantity {
    /// A text that obeys a rule.
    public static var text: Self {
        TunableCodec(
            typeName: Value.typeName,
            rule: Value.rule,
            read: { text throws(TunableFlaw) in
                let value = try Value.read(text)
                return Reading(value, note: Value.note(on: text, readAs: value))
            },
            write: \.text)
    }
}

extension TunableCodec where Value: CaseIterable & RawRepresentable<String> {
    /// One word of a few.
    ///
    /// - Parameter typeName: What documentation calls the type.
    /// - Returns: A codec that takes the raw values of the cases, in their exact case.
    public static func choice(_ typeName: String) -> Self {
        let words = Value.allCases.map(\.rawValue)
        return TunableCodec(
            typeName: typeName,
            rule: "a \(typeName) is one of \(words.joined(separator: ", "))",
            values: words,
            read: { text throws(TunableFlaw) in
                guard let value = Value(rawValue: text) else {
                    throw TunableFlaw(hint: NearestName.find(text, in: words).map { "write \($0)" })
                }
                return Reading(value)
            },
            write: \.rawValue)
    }
}

extension TunableCodec {
    /// A value, or the empty text for none.
    ///
    /// - Parameters:
    ///   - codec: How the value is read and written. It must refuse the empty text.
    ///   - meaning: What no value means, half a sentence.
    /// - Returns: A codec for which the empty text is the absent value.
    public static func optional<Wrapped>(_ codec: TunableCodec<Wrapped>, empty meaning: String) -> Self
    where Value == Wrapped? {
        TunableCodec(
            typeName: codec.typeName,
            unit: codec.unit,
            rule: "\(codec.rule), or empty \(meaning)",
            ignoresOuterSpace: codec.ignoresOuterSpace,
            values: codec.values.map { $0 + [""] },
            read: { text throws(TunableFlaw) in
                if text.isEmpty { return Reading(nil) }
                let reading = try codec.read(text)
                return Reading(reading.value, note: reading.note)
            },
            write: { $0.map(codec.write) ?? "" },
            check: { value throws(TunableFlaw) in
                if let value { try codec.check(value) }
            })
    }

    /// Values with commas between them, white space around each ignored; the empty text is the empty list.
    ///
    /// - Parameters:
    ///   - codec: How one member is read and written. What it writes must hold no comma.
    ///   - meaning: What the empty list means, half a sentence.
    /// - Returns: A codec that refuses empty members.
    public static func list<Element>(of codec: TunableCodec<Element>, empty meaning: String) -> Self
    where Value == [Element] {
        TunableCodec(
            typeName: "list of \(codec.typeName)s",
            unit: codec.unit,
            rule: "\(codec.rule); several are separated by commas, or empty \(meaning)",
            read: { text throws(TunableFlaw) in
                var members: [Element] = []
                var notes: [String] = []
                if text.isEmpty { return Reading(members) }
                for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
                    let member = part.withoutOuterSpace
                    if member.isEmpty {
                        throw TunableFlaw(message: "member \(index + 1) of the list is empty", hint: "drop a comma")
                    }
                    do throws(TunableFlaw) {
                        let reading = try codec.read(member)
                        members.append(reading.value)
                        if let note = reading.note { notes.append("'\(member.printable())': \(note)") }
                    } catch {
                        throw error.about(member, rule: codec.rule)
                    }
                }
                return Reading(members, note: notes.isEmpty ? nil : notes.joined(separator: "; "))
            },
            write: { $0.map(codec.write).joined(separator: ",") },
            check: { members throws(TunableFlaw) in
                for member in members { try codec.check(member) }
            })
    }
}

extension StringProtocol {
    /// The text without the ASCII white space at its ends.
    var withoutOuterSpace: String {
        let isSpace = { (character: Character) in character.utf8.allSatisfy(\.isWhiteSpace) }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
