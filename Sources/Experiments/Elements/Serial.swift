/// Faults that follow one another: each begins when the one before it is over, its ramps included.
///
/// ```swift
/// Serial {
///     Inject(first, schedule: Schedule(for: .seconds(60)))
///     Parallel {
///         Inject(second, schedule: Schedule(for: .seconds(60)))
///         Inject(third, schedule: Schedule(for: .seconds(30)))
///     }
/// }
/// ```
///
/// Every fault in it needs a duration, or the next one would never begin.
public struct Serial: Sendable {
    let members: [InjectionTree]
    let place: SourcePlace

    /// Puts faults one after another.
    ///
    /// - Parameters:
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - members: `Inject`, `Serial` and `Parallel`, at least one.
    /// - Throws: What the closure throws; without a `try`, nothing.
    public init(
        fileID: String = #fileID, line: Int = #line, @InjectionBuilder _ members: () throws -> [InjectionTree]
    ) rethrows {
        self.members = try members()
        self.place = SourcePlace(fileID: fileID, line: line)
    }
}

/// Faults that begin together; over when the last of them is.
///
/// Faults that stand directly in an ``Experiment`` are in parallel anyway, so this belongs inside a ``Serial``.
public struct Parallel: Sendable {
    let members: [InjectionTree]
    let place: SourcePlace

    /// Puts faults side by side.
    ///
    /// - Parameters:
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - members: `Inject`, `Serial` and `Parallel`, at least one.
    /// - Throws: What the closure throws; without a `try`, nothing.
    public init(
        fileID: String = #fileID, line: Int = #line, @InjectionBuilder _ members: () throws -> [InjectionTree]
    ) rethrows {
        self.members = try members()
        self.place = SourcePlace(fileID: fileID, line: line)
    }
}
