import FaultModel

/// A value as the property of a fault, to see what its codec reads, writes and says.
struct Bound<Value: Sendable>: Sendable {
    var value: Value
}

extension TunableCodec {
    /// Reads a text as the value of `KEY`, with everything that a fault would report about it.
    func reading(_ text: String, unset: Value) -> FaultReading<Bound<Value>> {
        schema(unset: unset).read([TunableEntry("KEY", text)])
    }

    /// A document with `KEY` as its one tunable.
    func schema(unset: Value) -> FaultSchema<Bound<Value>> {
        let tunable = RequiredTunable("KEY", self, layer: .wire, summary: "A value.")
        return FaultSchema(
            id: "bound", title: "Bound", summary: "Holds a value.", template: Bound(value: unset),
            groups: [TunableGroup("All", [TunableField(tunable, \Bound<Value>.value)])])
    }
}

extension TextQuantity {
    /// What is wrong with a text, in one sentence with its hint; nothing when it reads.
    static func complaint(about text: String) -> String? {
        do throws(TunableFlaw) {
            _ = try read(text)
            return nil
        } catch {
            return [error.message ?? rule, error.hint].compactMap { $0 }.joined(separator: "; ")
        }
    }

    /// What is noted about a text that reads.
    static func remark(on text: String) -> String? {
        Self(text).flatMap { note(on: text, readAs: $0) }
    }
}
