public import Evidence

/// When a run is stopped and everything undone, before its time.
///
/// ```swift
/// StopWhen {
///     ProbeFails("shop answers", times: 3)
///     Violated(EveryCallEnds(within: .seconds(5)))
///     Elapsed(.seconds(600))
/// }
/// ```
///
/// Any one of the conditions is enough. The outcome is ``RunOutcome/stopped``, and ``RunReport/stop`` names the
/// condition with its line.
public struct StopWhen: Sendable {
    /// The conditions.
    public let conditions: [StopCondition]
    /// The line of the DSL.
    public let place: SourcePlace

    /// Declares conditions.
    ///
    /// - Parameters:
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - conditions: At least one condition.
    /// - Throws: What the closure throws; without a `try`, nothing.
    public init(
        fileID: String = #fileID, line: Int = #line, @StopWhenBuilder _ conditions: () throws -> [StopCondition]
    ) rethrows {
        self.conditions = try conditions()
        self.place = SourcePlace(fileID: fileID, line: line)
    }
}

/// A condition that stops a run, with its DSL line.
public struct StopCondition: Sendable {
    enum Kind: Sendable {
        case probeFails(String, times: Int)
        case violated(any RunExpectation)
        case elapsed(Duration)
    }

    let kind: Kind
    let place: SourcePlace
}

/// Stops a run when a probe fails several times in a row while the experiment goes on.
public struct ProbeFails: Sendable {
    let condition: StopCondition

    /// Watches a probe.
    ///
    /// - Parameters:
    ///   - name: The name of a probe of this experiment whose mode is `continuous` or `onChaos`.
    ///   - times: The number of samples in a row that fail, at least 1.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(_ name: String, times: Int = 1, fileID: String = #fileID, line: Int = #line) {
        condition = StopCondition(
            kind: .probeFails(name, times: times), place: SourcePlace(fileID: fileID, line: line))
    }
}

/// Stops a run when an expectation is violated by what has been observed so far.
///
/// The events are judged when something new was observed on the wire or of a fault, and while calls are open: ten
/// times a second, and ever more rarely in a long run, each time after one percent of the time that has passed.
public struct Violated: Sendable {
    let condition: StopCondition

    /// Watches an expectation.
    ///
    /// - Parameters:
    ///   - expectation: An expectation that an empty log does not violate, since every run begins with one.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(_ expectation: any RunExpectation, fileID: String = #fileID, line: Int = #line) {
        condition = StopCondition(kind: .violated(expectation), place: SourcePlace(fileID: fileID, line: line))
    }
}

/// Stops a run some time after its first injection.
public struct Elapsed: Sendable {
    let condition: StopCondition

    /// Limits the time under faults.
    ///
    /// - Parameters:
    ///   - limit: The time since the first injection was verified, more than zero.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(_ limit: Duration, fileID: String = #fileID, line: Int = #line) {
        condition = StopCondition(kind: .elapsed(limit), place: SourcePlace(fileID: fileID, line: line))
    }
}
