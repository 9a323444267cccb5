/// What a ``Probe`` asks, apart from when and how often.
///
/// Extend it to give a probe of your own a short spelling:
///
/// ```swift
/// extension ProbeQuestion {
///     static func queue(_ queue: Queue, shorterThan limit: Int) -> ProbeQuestion {
///         ProbeQuestion("the queue is shorter than \(limit)") {
///             let depth = try await queue.depth()
///             return depth < limit ? .yes("\(depth)") : .no("\(depth) messages wait")
///         }
///     }
/// }
/// ```
public struct ProbeQuestion: Sendable {
    /// What is asked, in a few words, as in `GET http://127.0.0.1:8080/health`.
    public let summary: String
    /// One sentence for each reason why this cannot be asked at all; ``Experiment/diagnose(for:)`` reports them.
    public let problems: [String]
    package let ask: @Sendable () async throws -> ProbeAnswer

    /// Describes a question.
    ///
    /// - Parameters:
    ///   - summary: What is asked, in a few words.
    ///   - problems: One sentence for each reason why this cannot be asked at all, as an address that is none; an
    ///     experiment with such a probe does not start.
    ///   - ask: Finds the answer. An error counts as *no*, with its text as the detail. The task is cancelled at the
    ///     probe's timeout, and left behind when it ignores that.
    public init(
        _ summary: String, problems: [String] = [], ask: @escaping @Sendable () async throws -> ProbeAnswer
    ) {
        self.summary = summary
        self.problems = problems
        self.ask = ask
    }
}

/// What a question found.
public struct ProbeAnswer: Hashable, Sendable {
    /// Whether the system is healthy.
    public let passed: Bool
    /// What was measured, or why not; may be empty.
    public let detail: String

    /// The system is healthy.
    ///
    /// - Parameter detail: What was measured.
    /// - Returns: The answer.
    public static func yes(_ detail: String = "") -> ProbeAnswer { ProbeAnswer(passed: true, detail: detail) }

    /// The system is not healthy.
    ///
    /// - Parameter detail: What was measured, or what is wrong.
    /// - Returns: The answer.
    public static func no(_ detail: String) -> ProbeAnswer { ProbeAnswer(passed: false, detail: detail) }
}
