extension TunableCodec where Value == Secret {
    /// A text that is never shown.
    ///
    /// Space at its ends belongs to it. A control character, as the line end that a file leaves behind, is refused: no
    /// platform can hand it on.
    ///
    /// - Parameter typeName: What documentation calls the type, as in `password`.
    /// - Returns: A codec whose messages never quote the text.
    public static func secret(_ typeName: String) -> Self {
        let check = { @Sendable (text: String) throws(TunableFlaw) in
            if text.isEmpty { throw TunableFlaw(message: "the \(typeName) is empty", hidesValue: true) }
            guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
                throw TunableFlaw(message: "the \(typeName) has a control character", hidesValue: true)
            }
        }
        return TunableCodec(
            typeName: typeName,
            rule: "a \(typeName) is not empty and has no control characters",
            ignoresOuterSpace: false,
            read: { text throws(TunableFlaw) in
                try check(text)
                return Reading(Secret(text))
            },
            write: \.revealed,
            check: { secret throws(TunableFlaw) in try check(secret.revealed) })
    }
}
