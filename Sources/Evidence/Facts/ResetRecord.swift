/// An RST that was sent.
public struct ResetRecord: Hashable, Sendable {
    /// The fault that asked for it.
    public let fault: FaultName
    /// The time from the moment at which the reset was due to the moment at which it was sent.
    public let lateness: Duration
    /// Bytes of the selected answer that had been passed on before.
    public let responseBytes: Int64

    /// Describes an RST.
    ///
    /// - Parameters:
    ///   - fault: The fault that asked for it.
    ///   - lateness: The time from due to sent.
    ///   - responseBytes: Bytes of the selected answer that had been passed on before.
    public init(fault: FaultName, lateness: Duration, responseBytes: Int64) {
        self.fault = fault
        self.lateness = lateness
        self.responseBytes = responseBytes
    }
}
