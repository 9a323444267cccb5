/// Collects the probes of a ``SteadyState``.
///
/// A list: `if`, `switch`, `for` and `#available` may decide which probes there are.
@resultBuilder
public enum SteadyStateBuilder {
    /// Enables a probe on its own line.
    public static func buildExpression(_ probe: Probe) -> [Probe] { [probe] }

    /// Enables a list of probes made elsewhere.
    public static func buildExpression(_ probes: [Probe]) -> [Probe] { probes }

    /// Rejects everything else with one sentence.
    @available(*, unavailable, message: "a SteadyState holds probes: Probe(\"it answers\") { … return true or false }")
    public static func buildExpression<Foreign>(_ foreign: Foreign) -> [Probe] { [] }

    /// Enables several probes below each other, or none.
    public static func buildBlock(_ probes: [Probe]...) -> [Probe] { probes.flatMap(\.self) }

    /// Enables `if` without `else`.
    public static func buildOptional(_ probes: [Probe]?) -> [Probe] { probes ?? [] }

    /// Enables the first branch of `if … else` and `switch`.
    public static func buildEither(first probes: [Probe]) -> [Probe] { probes }

    /// Enables the other branches of `if … else` and `switch`.
    public static func buildEither(second probes: [Probe]) -> [Probe] { probes }

    /// Enables `for … in`.
    public static func buildArray(_ probes: [[Probe]]) -> [Probe] { probes.flatMap(\.self) }

    /// Enables `if #available`.
    public static func buildLimitedAvailability(_ probes: [Probe]) -> [Probe] { probes }
}
