public import Evidence

/// What the client does while the faults are armed.
///
/// ```swift
/// Workload(calls: 30, concurrency: 3, deadline: .seconds(5)) { call in
///     _ = try await client.get("/price/\(call.number)")
/// }
/// ```
///
/// Every call is logged with its start and its end. An error thrown by the closure is an observation, and never fails
/// the run: whether it may be thrown is for the expectations to say.
///
/// - Important: At the deadline the calls that have not ended are cancelled and logged as overdue. A closure that ignores
///   cancellation cannot be stopped by anybody; the run waits one more second for it, notes it in the log, leaves it
///   behind and goes on to lift the faults.
public struct Workload: Sendable {
    /// The number of calls.
    public let calls: Int
    /// The most calls that are under way at the same time.
    public let concurrency: Int
    /// The time for all calls together, from the start of the workload.
    public let deadline: Duration
    /// The line of the DSL.
    public let place: SourcePlace
    let body: @Sendable (Call) async throws -> Void

    /// The time that cancelled calls get to end before they are left behind.
    static let grace: Duration = .seconds(1)

    /// Drives a number of calls.
    ///
    /// - Parameters:
    ///   - calls: The number of calls, at least 1.
    ///   - concurrency: The most calls under way at the same time, at least 1.
    ///   - deadline: The time for all calls together, more than zero.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - body: One call.
    public init(
        calls: Int,
        concurrency: Int = 1,
        deadline: Duration = .seconds(30),
        fileID: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Void
    ) {
        self.calls = calls
        self.concurrency = concurrency
        self.deadline = deadline
        self.place = SourcePlace(fileID: fileID, line: line)
        self.body = body
    }

    /// Runs one closure, logged as one call.
    ///
    /// - Parameters:
    ///   - deadline: The time for the closure, more than zero.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - body: Whatever the client does.
    public init(
        deadline: Duration = .seconds(30),
        fileID: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable () async throws -> Void
    ) {
        self.init(calls: 1, concurrency: 1, deadline: deadline, fileID: fileID, line: line) { _ in try await body() }
    }
}

/// One driven call, seen from inside its closure.
public struct Call: Hashable, Sendable {
    /// The number within the workload, from 1.
    public let number: Int
    /// The identity within the log, which several runs may share.
    public let id: CallID

    /// Describes a call.
    ///
    /// - Parameters:
    ///   - number: The number within the workload, from 1.
    ///   - id: The identity within the log.
    public init(number: Int, id: CallID) {
        self.number = number
        self.id = id
    }
}
