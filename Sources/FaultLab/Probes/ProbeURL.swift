/// The URL of a probe: `http://HOST:PORT/path?query`, and nothing that would be left out silently.
struct ProbeURL: Hashable, Sendable, CustomStringConvertible {
    let endpoint: ProbeEndpoint
    /// Path and query, as sent.
    let target: String
    /// Host and port as written, for the `Host` field.
    let authority: String
    private let path: Substring
    private let hasQuery: Bool

    /// Reads a URL.
    ///
    /// - Parameter text: The text.
    /// - Throws: ``ProbeFlaw`` with what is wrong and what to do instead.
    init(_ text: String) throws(ProbeFlaw) {
        guard let separator = text.firstRange(of: "://") else {
            throw ProbeFlaw("write a whole URL, as in http://127.0.0.1:8080/health")
        }
        switch text[..<separator.lowerBound].lowercased() {
        case "http": break
        case "https": throw ProbeFlaw("TLS is not spoken: probe the plain port, or ask your own client in a closure")
        default: throw ProbeFlaw("a URL that is asked over HTTP begins with http://")
        }
        let rest = text[separator.upperBound...]
        guard rest.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw ProbeFlaw("a URL has no spaces and only ASCII: write others percent-encoded, as in %20")
        }
        guard !rest.contains("#") else { throw ProbeFlaw("a fragment (#…) never reaches a server: leave it out") }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else {
            throw ProbeFlaw("a URL would show its password in reports: write an Authorization header")
        }
        endpoint = try ProbeEndpoint(String(authority), defaultPort: 80)
        self.authority = String(authority)
        let target = rest[authority.endIndex...]
        self.target = target.hasPrefix("/") ? String(target) : "/\(target)"
        path = self.target.prefix { $0 != "?" }
        hasQuery = path.endIndex != self.target.endIndex
    }

    /// The URL without its query, which may hold what no report should show.
    var description: String { "http://\(authority)\(path)\(hasQuery ? "?…" : "")" }
}
