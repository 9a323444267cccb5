import FaultModel

extension TrafficPattern {
    /// A kind of traffic that can be described in a text.
    public struct Kind: Sendable {
        /// The name that a text begins with, as in `poisson`.
        public let name: String
        /// What it sends, half a sentence.
        public let summary: String
        /// The parameters in the order in which documentation lists them, with the defaults as their values.
        public let parameters: [Parameter]

        /// Reads the parameters and answers with what starts the traffic.
        let read: Reading

        typealias Reading =
            @Sendable (inout PatternReader) throws(TrafficPatternError) -> @Sendable (UInt64) -> any TrafficSource

        init(_ name: String, _ summary: String, read: @escaping Reading) {
            self.name = name
            self.summary = summary
            self.read = read
            // Reading nothing meets every parameter and takes its default.
            var reader = PatternReader(kind: name)
            do throws(TrafficPatternError) {
                _ = try read(&reader)
            } catch {
                preconditionFailure("the defaults of \(name): \(error)")
            }
            parameters = reader.parameters
        }

        static func find(_ name: String) throws(TrafficPatternError) -> Kind {
            if let kind = catalog.first(where: { $0.name == name }) { return kind }
            let names = catalog.map(\.name)
            let all = "write one of \(names.joined(separator: ", "))"
            if name.isEmpty { throw TrafficPatternError("the traffic has no name", hint: all) }
            let nearest = NearestName.find(name, in: names)
            throw TrafficPatternError(
                "'\(name)' is no kind of traffic", hint: nearest.map { "write \($0)" } ?? all)
        }
    }

    /// A parameter of a kind of traffic.
    public struct Parameter: Hashable, Sendable {
        /// The name that stands before the `=`.
        public let key: String
        /// Its value as a text: of a pattern what it has, of a kind the default.
        public let text: String
        /// What it means, half a sentence.
        public let meaning: String
        /// What it may be, half a sentence.
        public let rule: String
    }
}
