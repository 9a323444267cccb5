/// What `--format` of a command can be; the first case counts when it is absent.
protocol OutputFormat: CaseIterable, RawRepresentable<String> {}

extension OutputFormat {
    /// The format of a name; `nil`, with a problem, when there is no such format.
    static func read(_ text: String?, _ problems: inout [String]) -> Self? {
        guard let text else { return allCases.first { _ in true } }
        if let format = Self(rawValue: text) { return format }
        let names = allCases.map(\.rawValue).joined(separator: ", ")
        problems.append("--format \(Options.shown(text)): the formats are \(names)")
        return nil
    }
}
