/// Everything that a record knows about one connection of a client.
public struct ConnectionHistory: Hashable, Sendable, Identifiable {
    /// The number of the connection.
    public let id: ConnectionID
    /// The address of the client.
    public let peer: String
    /// The acceptance.
    public let accepted: Mark
    /// What the bytes turned out to be; the last word counts, since a connection may become unreadable on the way.
    public let wireProtocol: WireProtocol?
    /// The acceptance by the upstream, when there was one.
    public let upstreamConnected: Mark?
    /// Why the upstream could not be reached.
    public let upstreamFailure: String?
    /// The requests that arrived, in order.
    public let requests: [RequestID]
    /// The choice that was made about the connection as a whole; those about its requests stand in ``RequestHistory``.
    public let decision: Decision?
    /// The RST that was sent to the client.
    public let reset: ResetRecord?
    /// The request that the RST was due to; its ordinal is 0 when it was due to the connection as a whole.
    public let resetRequest: RequestID?
    /// Why a pending reset of the connection as a whole did not happen.
    public let cancellation: ResetCancellation?
    /// How the connection ended; `nil` while it is open.
    public let end: ConnectionEnd?
    /// The end.
    public let closed: Mark?
}
