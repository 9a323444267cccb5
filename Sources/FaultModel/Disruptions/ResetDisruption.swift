/// A reset-peer fault in the words of the wire: which requests end in a TCP RST, when, and what becomes of the rest.
///
/// Documented faults lower to this; a test author may also build one directly when no document says what is wanted, for
/// example to cut a response after 500 bytes:
///
/// ```swift
/// ResetDisruption(selection: .first(1), responsePrefix: 500)
/// ```
public struct ResetDisruption: Hashable, Sendable {
    /// The observation that starts the timer.
    public let trigger: ResetTrigger
    /// The time from the trigger to the RST; zero resets at the trigger.
    public let delay: Duration
    /// What one choice is about: a request or a whole connection.
    public let unit: SelectionUnit
    /// Which requests or connections are hit.
    public let selection: Selection
    /// Whether a selected request reaches the upstream.
    public let forwarding: RequestForwarding
    /// Bytes of the selected response, head included, that reach the client before the RST; 0 withholds all of it.
    public let responsePrefix: Int
    /// What becomes of the upstream connection once the client has been reset.
    public let upstreamFate: UpstreamFate
    /// Whether connections accepted before the fault was armed are hit too.
    public let existingConnections: ExistingConnections

    /// Describes a reset.
    ///
    /// - Parameters:
    ///   - trigger: The observation that starts the timer.
    ///   - delay: Time from the trigger to the RST, not negative; zero resets at the trigger.
    ///   - unit: What one choice is about.
    ///   - selection: Which requests or connections are hit.
    ///   - forwarding: Whether a selected request reaches the upstream.
    ///   - responsePrefix: Bytes of the selected response that reach the client before the RST, not negative.
    ///   - upstreamFate: What becomes of the upstream connection after the RST.
    ///   - existingConnections: Whether connections older than the fault are hit too.
    /// - Precondition: `delay` and `responsePrefix` are not negative.
    public init(
        trigger: ResetTrigger = .requestComplete,
        delay: Duration = .zero,
        unit: SelectionUnit = .request,
        selection: Selection = .all,
        forwarding: RequestForwarding = .immediately,
        responsePrefix: Int = 0,
        upstreamFate: UpstreamFate = .close,
        existingConnections: ExistingConnections = .included
    ) {
        precondition(delay >= .zero, "a reset cannot happen before its trigger: delay is \(delay)")
        precondition(responsePrefix >= 0, "responsePrefix counts bytes and is not negative: \(responsePrefix)")
        self.trigger = trigger
        self.delay = delay
        self.unit = trigger == .connectionAccepted ? .connection : unit
        self.selection = selection
        self.forwarding = forwarding
        self.responsePrefix = responsePrefix
        self.upstreamFate = upstreamFate
        self.existingConnections = existingConnections
    }
}

/// The observation that starts the timer of a reset.
public enum ResetTrigger: String, Hashable, Sendable, CaseIterable {
    /// The client's connection was accepted; an idle connection is reset too. The meaning of the current ECS document.
    ///
    /// No request exists at that moment, so the choice is about the connection, and traffic passes until the RST.
    case connectionAccepted
    /// The head of a selected request was received.
    case requestHead
    /// A selected request was received with its body, or its answer began although the body was not complete.
    case requestComplete
    /// The first byte of the answer to a selected request came from the upstream.
    case firstResponseByte
}

/// What one choice of a fault is about.
public enum SelectionUnit: String, Hashable, Sendable, CaseIterable {
    /// Each request is decided anew, also on a kept-alive connection.
    case request
    /// A connection is decided once; a chosen one is reset on its first request.
    case connection
}

/// Whether a selected request reaches the upstream.
public enum RequestForwarding: String, Hashable, Sendable, CaseIterable {
    /// It is forwarded at once, so the upstream does its work and the answer is lost.
    case immediately
    /// The upstream never sees it.
    case never
}

/// What becomes of the upstream connection once the client has been reset.
public enum UpstreamFate: String, Hashable, Sendable, CaseIterable {
    /// It is closed; the upstream reads an end of stream.
    case close
    /// It is reset like the client's.
    case reset
    /// It stays until the upstream has finished its answer.
    case finish
}

/// Whether a fault hits connections that are older than the fault.
public enum ExistingConnections: String, Hashable, Sendable, CaseIterable {
    /// Their next request is decided like any other.
    case included
    /// They are left alone.
    case excluded
}
