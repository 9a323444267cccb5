public import FaultModel

/// What the driver of a connection may and must do until the next event.
///
/// Positions count bytes from the start of a direction, so the driver keeps one number per direction and never asks the
/// engine about a chunk twice: every chunk is shown to the engine when it comes, then bytes up to the limit are forwarded
/// and the rest is held. A limit never takes back what an earlier one allowed.
public struct Directive: Hashable, Sendable {
    /// A limit that no stream reaches.
    public static let everything: UInt64 = .max

    /// Bytes from the client that may reach the upstream, from the start of the connection.
    public var limitToUpstream: UInt64 = everything
    /// Bytes from the upstream that may reach the client, from the start of the connection.
    public var limitToClient: UInt64 = everything
    /// Whether the end of the client's stream may be carried to the upstream.
    public var mayFinishUpstream: Bool = true
    /// Whether the end of the upstream's stream may be carried to the client.
    public var mayFinishClient: Bool = true
    /// Whether more client bytes are welcome; false while too many requests wait for an answer.
    public var readsClient: Bool = true
    /// The moment at which the engine wants to be called again, or `nil`.
    public var wakeAt: Timestamp?
    /// A reset that is to be carried out now.
    public var reset: ResetOrder?
    /// Whether the upstream connection has served its purpose after a reset that let it finish.
    public var upstreamIsDone: Bool = false

    /// Whether everything may pass and nothing is to happen.
    public var restrainsNothing: Bool {
        guard case .none = wakeAt, case .none = reset else { return false }
        return limitToUpstream == UInt64.max && limitToClient == UInt64.max && mayFinishUpstream && mayFinishClient
            && readsClient
    }

    /// A directive that lets everything pass.
    public init() {}
}

/// A reset that is due.
///
/// The driver first delivers what ``Directive/limitToClient`` allows, waits until the client's system has acknowledged
/// it, and then sends the RST; an RST destroys what is still under way.
public struct ResetOrder: Hashable, Sendable {
    /// The request, by its place on the connection from 1; 0 when the connection itself was chosen.
    public let ordinal: Int
    /// The rule that asked for it.
    public let rule: ResetRule.ID
    /// The moment from which lateness counts.
    public let dueAt: Timestamp
    /// What becomes of the upstream connection.
    public let upstreamFate: UpstreamFate
    /// Bytes of the selected answer that the client was given.
    public let responseBytes: UInt64
}
