/// How a connection ended, seen from the proxy.
public struct ConnectionEnd: Hashable, Sendable {
    /// The party that ended it.
    public let by: Party
    /// The form the end took.
    public let how: Form
    /// Bytes received from the client.
    public let bytesFromClient: Int64
    /// Bytes sent to the client.
    public let bytesToClient: Int64
    /// Bytes sent to the upstream.
    public let bytesToUpstream: Int64
    /// Bytes received from the upstream.
    public let bytesFromUpstream: Int64

    /// Describes an end.
    ///
    /// - Parameters:
    ///   - by: The party that ended it.
    ///   - how: The form the end took.
    ///   - bytesFromClient: Bytes received from the client.
    ///   - bytesToClient: Bytes sent to the client.
    ///   - bytesToUpstream: Bytes sent to the upstream.
    ///   - bytesFromUpstream: Bytes received from the upstream.
    public init(
        by: Party, how: Form, bytesFromClient: Int64, bytesToClient: Int64, bytesToUpstream: Int64,
        bytesFromUpstream: Int64
    ) {
        self.by = by
        self.how = how
        self.bytesFromClient = bytesFromClient
        self.bytesToClient = bytesToClient
        self.bytesToUpstream = bytesToUpstream
        self.bytesFromUpstream = bytesFromUpstream
    }

    /// A party to a connection.
    public enum Party: String, Hashable, Sendable, CaseIterable {
        /// The client.
        case client
        /// The upstream.
        case upstream
        /// A fault.
        case fault
        /// The proxy itself, when it ended or when a peer stayed silent too long.
        case proxy
    }

    /// The form of an end.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// Both sides finished with FIN.
        case finished
        /// A TCP RST.
        case reset
    }
}
