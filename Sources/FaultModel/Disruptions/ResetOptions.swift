/// What the documents of the reset faults leave open, with the answer that fits their words as default.
///
/// No document names these, so they are no tunables and not exported.
public struct ResetOptions: Hashable, Sendable {
    /// Whether a selected request reaches the upstream; at once by default, because the documents promise that it works on it.
    public var forwarding: RequestForwarding
    /// Bytes of the selected response, head included, that reach the client before the RST; 0, the default, withholds all.
    public let responsePrefix: Int
    /// What becomes of the upstream connection after the RST; closed by default.
    public var upstreamFate: UpstreamFate
    /// Whether connections older than the fault are hit; absent, the default, means as the fault's document says.
    public var existingConnections: ExistingConnections?

    /// Chooses.
    ///
    /// - Parameters:
    ///   - forwarding: Whether a selected request reaches the upstream.
    ///   - responsePrefix: Bytes of the selected response that reach the client before the RST, 0 or more.
    ///   - upstreamFate: What becomes of the upstream connection after the RST.
    ///   - existingConnections: Whether connections older than the fault are hit; absent for the document's answer.
    /// - Precondition: `responsePrefix` is not negative.
    public init(
        forwarding: RequestForwarding = .immediately,
        responsePrefix: Int = 0,
        upstreamFate: UpstreamFate = .close,
        existingConnections: ExistingConnections? = nil
    ) {
        precondition(responsePrefix >= 0, "responsePrefix counts bytes and is not negative: \(responsePrefix)")
        self.forwarding = forwarding
        self.responsePrefix = responsePrefix
        self.upstreamFate = upstreamFate
        self.existingConnections = existingConnections
    }
}
