/// A demand of a document that one value alone cannot meet or break, or a doubt about a legal value.
///
/// A rule names the properties it reads. When one of them could not be read, the rule is not asked: it would judge a value
/// nobody wrote.
public struct FaultRule<Subject: Sendable>: Sendable {
    /// What a rule has to say.
    public struct Finding: Hashable, Sendable {
        /// How much it matters.
        public let severity: Diagnostic.Severity
        /// What is the matter, half a sentence.
        public let message: String
        /// What to write instead, half a sentence.
        public let hint: String?

        /// The fault cannot run so.
        ///
        /// - Parameters:
        ///   - message: What is the matter, half a sentence.
        ///   - hint: What to write instead, half a sentence.
        /// - Returns: The finding.
        public static func error(_ message: String, hint: String? = nil) -> Finding {
            Finding(severity: .error, message: message, hint: hint)
        }

        /// The fault can run, but hardly as its author thinks.
        ///
        /// - Parameters:
        ///   - message: What is the matter, half a sentence.
        ///   - hint: What to write instead, half a sentence.
        /// - Returns: The finding.
        public static func warning(_ message: String, hint: String? = nil) -> Finding {
            Finding(severity: .warning, message: message, hint: hint)
        }

        /// The fault runs as written, and something about it is worth knowing.
        ///
        /// - Parameters:
        ///   - message: What is worth knowing, half a sentence.
        ///   - hint: What to do about it, half a sentence.
        /// - Returns: The finding.
        public static func note(_ message: String, hint: String? = nil) -> Finding {
            Finding(severity: .note, message: message, hint: hint)
        }
    }

    let properties: [AnyPropertyPath<Subject>]
    /// The only deployment for which the rule is asked; every one when absent.
    let deployment: Deployment?
    let judge: @Sendable (Subject) -> [Finding]

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - property: The property it is about; the message names its key, value and place.
    ///   - others: The other properties of tunables it reads.
    ///   - deployment: The only deployment for which it is asked, as `.platform` for what finds targets; every one when
    ///     left out.
    ///   - judge: Gives what there is to say, usually nothing.
    public init(
        about property: AnyPropertyPath<Subject>,
        with others: AnyPropertyPath<Subject>...,
        on deployment: Deployment? = nil,
        judge: @escaping @Sendable (Subject) -> Finding?
    ) {
        properties = [property] + others
        self.deployment = deployment
        self.judge = { subject in judge(subject).map { [$0] } ?? [] }
    }
}
