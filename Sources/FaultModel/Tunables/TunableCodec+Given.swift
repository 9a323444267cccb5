extension TunableCodec {
    /// A value that has to be there, for a property that another edition leaves empty.
    ///
    /// - Parameter codec: How the value is read and written. It must refuse the empty text.
    /// - Returns: A codec that never reads the absent value, and refuses it when a fault made in Swift has it.
    public static func given<Wrapped>(_ codec: TunableCodec<Wrapped>) -> Self where Value == Wrapped? {
        TunableCodec(
            typeName: codec.typeName,
            unit: codec.unit,
            rule: codec.rule,
            ignoresOuterSpace: codec.ignoresOuterSpace,
            values: codec.values,
            range: codec.range,
            read: { text throws(TunableFlaw) in
                let reading = try codec.read(text)
                return Reading(reading.value, note: reading.note)
            },
            write: { $0.map(codec.write) ?? "" },
            check: { value throws(TunableFlaw) in
                guard let value else { throw TunableFlaw(message: "is required and was not given") }
                try codec.check(value)
            })
    }
}
