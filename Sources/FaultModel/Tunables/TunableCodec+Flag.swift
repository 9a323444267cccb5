extension TunableCodec where Value == Bool {
    /// Yes or no, in the words and the case of a document.
    ///
    /// ```swift
    /// .flag(yes: "true", no: "false", alsoReads: ["enable": true, "disable": false])
    /// ```
    ///
    /// Another case of the two words, and the words given besides, are read with a note that names the documented one.
    /// Everything else is an error: `yes`, `1` and the empty text mean different things to different tools.
    ///
    /// - Parameters:
    ///   - yes: How the document writes yes.
    ///   - no: How the document writes no.
    ///   - alsoReads: Further words, in any case.
    /// - Returns: A codec that writes the documented words exactly.
    public static func flag(yes: String = "true", no: String = "false", alsoReads: [String: Bool] = [:]) -> Self {
        var words = [yes.lowercased(): true, no.lowercased(): false]
        for (word, meaning) in alsoReads { words[word.lowercased()] = meaning }
        let meanings = words
        return TunableCodec(
            typeName: "switch",
            rule: "\(yes) or \(no)",
            values: [yes, no],
            read: { text throws(TunableFlaw) in
                if text == yes { return Reading(true) }
                if text == no { return Reading(false) }
                guard let value = meanings[text.lowercased()] else {
                    throw TunableFlaw(hint: NearestName.find(text, in: [yes, no]).map { "write \($0)" })
                }
                return Reading(value, note: "the documented spelling is \(value ? yes : no)")
            },
            write: { $0 ? yes : no })
    }
}
