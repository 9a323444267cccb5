/// A fault that cannot run, with everything that was found about it.
///
/// The environment can do nothing about it: whoever wrote the tunables has to change them.
public struct InvalidFault: Error, Hashable, Sendable {
    /// The document's id, as in `pod-http-reset-peer`.
    public let faultID: String
    /// All findings in the order of the entries, at least one of them an error.
    public let diagnostics: [Diagnostic]

    /// Collects the findings of a fault.
    ///
    /// - Parameters:
    ///   - faultID: The document's id.
    ///   - diagnostics: All findings, warnings and notes included.
    public init(faultID: String, diagnostics: [Diagnostic]) {
        self.faultID = faultID
        self.diagnostics = diagnostics
    }
}

extension InvalidFault: CustomStringConvertible {
    /// The id and, on a line each, the findings.
    public var description: String {
        (["\(faultID) cannot run:"] + diagnostics.map { "  \($0)" }).joined(separator: "\n")
    }
}
