/// An entry as far as messages may show it.
///
/// Everything that is said about an entry is made from this, so a secret cannot slip into a message by another way.
struct ShownEntry {
    let key: String
    /// The value; absent when it must not be shown.
    let value: String?
    let place: Place

    init(_ entry: TunableEntry, hidingValue isHidden: Bool) {
        key = entry.key
        value = isHidden ? nil : entry.value
        place = isHidden ? entry.place.withoutValue : entry.place
    }

    /// The key, with the value where that may be shown, as in `TOXICITY=30`.
    var text: String { value.map { "\(key)=\($0)" } ?? key }

    /// Something to say about it.
    func diagnostic(
        _ severity: Diagnostic.Severity, _ message: String, rule: String? = nil, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(severity, key: key, value: value, message: message, rule: rule, hint: hint, place: place)
    }
}
