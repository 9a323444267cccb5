public import FaultModel

/// Collects the faults of a ``Serial`` or ``Parallel``.
///
/// A list: `if`, `switch`, `for` and `#available` may decide which faults there are.
@resultBuilder
public enum InjectionBuilder {
    /// Enables `Inject(…)`.
    public static func buildExpression(_ inject: Inject) -> [InjectionTree] { [InjectionTree(inject)] }

    /// Enables `Serial { … }` inside a group.
    public static func buildExpression(_ group: Serial) -> [InjectionTree] { [InjectionTree(group)] }

    /// Enables `Parallel { … }` inside a group.
    public static func buildExpression(_ group: Parallel) -> [InjectionTree] { [InjectionTree(group)] }

    /// Rejects a bare documented fault.
    @available(*, unavailable, message: "inject the fault: Inject(…)")
    public static func buildExpression(_ fault: any Fault) -> [InjectionTree] { [] }

    /// Rejects a bare fault of another kind.
    @available(*, unavailable, message: "inject the fault: Inject(…)")
    public static func buildExpression(_ fault: any Injectable) -> [InjectionTree] { [] }

    /// Rejects everything else with one sentence.
    @available(*, unavailable, message: "a Serial or Parallel holds Inject, Serial and Parallel; nothing else")
    public static func buildExpression<Foreign>(_ foreign: Foreign) -> [InjectionTree] { [] }

    /// Enables several faults below each other, or none.
    public static func buildBlock(_ members: [InjectionTree]...) -> [InjectionTree] { members.flatMap(\.self) }

    /// Enables `if` without `else`.
    public static func buildOptional(_ members: [InjectionTree]?) -> [InjectionTree] { members ?? [] }

    /// Enables the first branch of `if … else` and `switch`.
    public static func buildEither(first members: [InjectionTree]) -> [InjectionTree] { members }

    /// Enables the other branches of `if … else` and `switch`.
    public static func buildEither(second members: [InjectionTree]) -> [InjectionTree] { members }

    /// Enables `for … in`.
    public static func buildArray(_ members: [[InjectionTree]]) -> [InjectionTree] { members.flatMap(\.self) }

    /// Enables `if #available`.
    public static func buildLimitedAvailability(_ members: [InjectionTree]) -> [InjectionTree] { members }
}
