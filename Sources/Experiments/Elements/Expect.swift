public import Evidence

/// What must hold, judged from the events of the run once the faults are lifted.
///
/// ```swift
/// Expect {
///     FaultsInjected(atLeast: 9)
///     EveryCallEnds(within: .seconds(5))
/// }
/// ```
public struct Expect: Sendable {
    /// The expectations, each with its own DSL line.
    public let expectations: [PlacedExpectation]
    /// The line of the DSL.
    public let place: SourcePlace

    /// Declares expectations.
    ///
    /// - Parameters:
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - expectations: At least one expectation.
    public init(
        fileID: String = #fileID,
        line: Int = #line,
        @ExpectBuilder _ expectations: () -> [PlacedExpectation]
    ) {
        self.expectations = expectations()
        self.place = SourcePlace(fileID: fileID, line: line)
    }
}

/// An expectation with the line of the DSL that declares it.
public struct PlacedExpectation: Sendable {
    /// The expectation.
    public let expectation: any RunExpectation
    /// The line of the DSL.
    public let place: SourcePlace

    /// Places an expectation.
    ///
    /// - Parameters:
    ///   - expectation: The expectation.
    ///   - place: The line of the DSL.
    public init(_ expectation: any RunExpectation, at place: SourcePlace) {
        self.expectation = expectation
        self.place = place
    }
}

/// Allows a run in which the fault touched nothing.
///
/// Without it such a run fails, because nothing was tested. It stands among the expectations so that whoever reads the
/// verdicts sees that the guard was lifted, and where.
public struct AllowNoEffect: RunExpectation {
    /// Lifts the guard against runs without effect.
    public init() {}

    /// Says that the guard was lifted; it always holds.
    ///
    /// - Parameter record: The events of the run.
    /// - Returns: A verdict that holds.
    public func evaluate(_ record: EventRecord) -> Verdict {
        Verdict(
            expectation: "a run without effect is allowed", outcome: .held,
            explanation: "the experiment lifts the guard against runs in which the fault touched nothing")
    }
}
