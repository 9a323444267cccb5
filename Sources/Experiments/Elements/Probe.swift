/// A question about the health of the system, asked outside the fault.
///
/// ```swift
/// Probe("price service answers") { try await client.get("/health").status == 200 }
/// ```
///
/// An error thrown by the closure is an answer, *no*, and its text becomes the detail: a reset connection is an
/// observation, never an error of the run.
public struct Probe: Sendable {
    /// What the probe asks, in a few words; unique within an experiment.
    public let name: String
    /// When the probe is asked.
    public let mode: ProbeMode
    /// The longest the answer may take; later counts as *no*.
    public let timeout: Duration
    /// The line of the DSL.
    public let place: SourcePlace
    let body: @Sendable () async throws -> Bool

    /// Declares a probe.
    ///
    /// - Parameters:
    ///   - name: What the probe asks, in a few words; unique within an experiment.
    ///   - mode: When the probe is asked; before and after the fault unless said otherwise.
    ///   - timeout: The longest the answer may take, more than zero.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - body: Answers whether the system is healthy. It is cancelled at the timeout, and left behind when it ignores
    ///     that.
    public init(
        _ name: String,
        mode: ProbeMode = .edge,
        timeout: Duration = .seconds(10),
        fileID: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable () async throws -> Bool
    ) {
        self.name = name
        self.mode = mode
        self.timeout = timeout
        self.place = SourcePlace(fileID: fileID, line: line)
        self.body = body
    }
}

/// When a probe is asked; the names are those of the field.
public struct ProbeMode: Hashable, Sendable, CustomStringConvertible {
    /// The name of the mode, as in `edge`.
    public let description: String
    let asksBefore: Bool
    let asksAfter: Bool

    /// Start of test: once, before the faults.
    public static let sot: ProbeMode = ProbeMode(description: "sot", asksBefore: true, asksAfter: false)
    /// End of test: once, after the faults were lifted.
    public static let eot: ProbeMode = ProbeMode(description: "eot", asksBefore: false, asksAfter: true)
    /// Both edges of the test: before the faults and after they were lifted; both must hold.
    public static let edge: ProbeMode = ProbeMode(description: "edge", asksBefore: true, asksAfter: true)
}
