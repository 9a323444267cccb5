extension RawRepresentable where Self: CaseIterable, RawValue == String {
    /// The value of `--format`; the first case when it is absent.
    static func read(_ text: String?, _ problems: inout [String]) -> Self? {
        guard let text else { return allCases.first { _ in true } }
        if let format = Self(rawValue: text) { return format }
        let names = allCases.map(\.rawValue).joined(separator: ", ")
        problems.append("--format \(Options.shown(text)): the formats are \(names)")
        return nil
    }
}
