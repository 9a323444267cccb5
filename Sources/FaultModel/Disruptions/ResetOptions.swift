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

extension ResetOptions {
    /// The disruption of a reset fault, with what its document leaves open answered by these options.
    ///
    /// - Parameters:
    ///   - delay: The time from the trigger to the RST; a negative one, which faults refuse, counts as zero.
    ///   - trigger: The observation that starts the timer.
    ///   - unit: What one choice is about.
    ///   - selection: Which requests or connections are hit.
    ///   - documented: What the document makes of connections older than the fault.
    /// - Returns: The disruption.
    func reset(
        after delay: Duration, from trigger: ResetTrigger, of unit: SelectionUnit, _ selection: Selection,
        existingConnections documented: ExistingConnections
    ) -> Disruption {
        .reset(
            ResetDisruption(
                trigger: trigger, delay: max(delay, .zero), unit: unit, selection: selection, forwarding: forwarding,
                responsePrefix: responsePrefix, upstreamFate: upstreamFate,
                existingConnections: existingConnections ?? documented))
    }
}
