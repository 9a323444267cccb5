public import Evidence

/// Collects the expectations of an ``Expect``, each with its DSL line.
///
/// A list: `if`, `switch`, `for` and `#available` may decide which expectations there are.
@resultBuilder
public enum ExpectBuilder {
    /// Enables an expectation on its own line, and remembers that line.
    public static func buildExpression(
        _ expectation: any RunExpectation, fileID: String = #fileID, line: Int = #line
    ) -> [PlacedExpectation] {
        [PlacedExpectation(expectation, at: SourcePlace(fileID: fileID, line: line))]
    }

    /// Enables expectations that were placed elsewhere.
    public static func buildExpression(_ expectations: [PlacedExpectation]) -> [PlacedExpectation] { expectations }

    /// Rejects everything else with one sentence.
    @available(
        *, unavailable,
        message: "an Expect holds values that conform to RunExpectation, as in FaultsInjected(atLeast: 9)"
    )
    public static func buildExpression<Foreign>(_ foreign: Foreign) -> [PlacedExpectation] { [] }

    /// Enables several expectations below each other, or none.
    public static func buildBlock(_ expectations: [PlacedExpectation]...) -> [PlacedExpectation] {
        expectations.flatMap(\.self)
    }

    /// Enables `if` without `else`.
    public static func buildOptional(_ expectations: [PlacedExpectation]?) -> [PlacedExpectation] {
        expectations ?? []
    }

    /// Enables the first branch of `if … else` and `switch`.
    public static func buildEither(first expectations: [PlacedExpectation]) -> [PlacedExpectation] { expectations }

    /// Enables the other branches of `if … else` and `switch`.
    public static func buildEither(second expectations: [PlacedExpectation]) -> [PlacedExpectation] { expectations }

    /// Enables `for … in`.
    public static func buildArray(_ expectations: [[PlacedExpectation]]) -> [PlacedExpectation] {
        expectations.flatMap(\.self)
    }

    /// Enables `if #available`.
    public static func buildLimitedAvailability(_ expectations: [PlacedExpectation]) -> [PlacedExpectation] {
        expectations
    }
}
