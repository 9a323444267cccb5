public import Evidence

/// Collects the conditions of a ``StopWhen``.
///
/// A list: `if`, `switch`, `for` and `#available` may decide which conditions there are.
@resultBuilder
public enum StopWhenBuilder {
    /// Enables `ProbeFails("it answers", times: 3)`.
    public static func buildExpression(_ probe: ProbeFails) -> [StopCondition] { [probe.condition] }

    /// Enables `Violated(EveryCallEnds(within: .seconds(5)))`.
    public static func buildExpression(_ verdict: Violated) -> [StopCondition] { [verdict.condition] }

    /// Enables `Elapsed(.seconds(600))`.
    public static func buildExpression(_ limit: Elapsed) -> [StopCondition] { [limit.condition] }

    /// Enables conditions made elsewhere.
    public static func buildExpression(_ conditions: [StopCondition]) -> [StopCondition] { conditions }

    /// Rejects a bare expectation.
    @available(*, unavailable, message: "say what about the expectation stops the run: Violated(…)")
    public static func buildExpression(_ expectation: any RunExpectation) -> [StopCondition] { [] }

    /// Rejects a bare duration.
    @available(*, unavailable, message: "say what the time is: Elapsed(.seconds(600))")
    public static func buildExpression(_ duration: Duration) -> [StopCondition] { [] }

    /// Rejects everything else with one sentence.
    @available(*, unavailable, message: "a StopWhen holds ProbeFails, Violated and Elapsed; nothing else")
    public static func buildExpression<Foreign>(_ foreign: Foreign) -> [StopCondition] { [] }

    /// Enables several conditions below each other, or none.
    public static func buildBlock(_ conditions: [StopCondition]...) -> [StopCondition] { conditions.flatMap(\.self) }

    /// Enables `if` without `else`.
    public static func buildOptional(_ conditions: [StopCondition]?) -> [StopCondition] { conditions ?? [] }

    /// Enables the first branch of `if … else` and `switch`.
    public static func buildEither(first conditions: [StopCondition]) -> [StopCondition] { conditions }

    /// Enables the other branches of `if … else` and `switch`.
    public static func buildEither(second conditions: [StopCondition]) -> [StopCondition] { conditions }

    /// Enables `for … in`.
    public static func buildArray(_ conditions: [[StopCondition]]) -> [StopCondition] { conditions.flatMap(\.self) }

    /// Enables `if #available`.
    public static func buildLimitedAvailability(_ conditions: [StopCondition]) -> [StopCondition] { conditions }
}
