/// What "healthy" means for an experiment: probes that hold before the faults, under them, or after them, each by its mode.
///
/// When a probe fails before the faults, nothing is injected, because a system that is already ill proves nothing.
///
/// ```swift
/// SteadyState {
///     Probe("price service answers") { try await client.get("/health").status == 200 }
/// }
/// ```
public struct SteadyState: Sendable {
    /// The probes in the order in which they are asked.
    public let probes: [Probe]
    /// The line of the DSL.
    public let place: SourcePlace

    /// Declares the steady state.
    ///
    /// - Parameters:
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - probes: At least one probe.
    public init(
        fileID: String = #fileID,
        line: Int = #line,
        @SteadyStateBuilder _ probes: () -> [Probe]
    ) {
        self.probes = probes()
        self.place = SourcePlace(fileID: fileID, line: line)
    }
}
