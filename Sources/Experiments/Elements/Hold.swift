/// The least time for which the faults stay armed.
///
/// Together with a ``Workload`` the faults are lifted when both are over; without one, the clients are somebody else's. A
/// fault with a ``Schedule`` is lifted when its own time is over, and the hold goes on.
///
/// ```swift
/// Hold(for: .seconds(30))
/// ```
public struct Hold: Sendable {
    /// The least time for which the faults stay armed.
    public let duration: Duration
    /// The line of the DSL.
    public let place: SourcePlace

    /// Keeps the faults armed.
    ///
    /// - Parameters:
    ///   - duration: The least time from the injection to the undo, more than zero.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(for duration: Duration, fileID: String = #fileID, line: Int = #line) {
        self.duration = duration
        self.place = SourcePlace(fileID: fileID, line: line)
    }
}
