/// Bytes that crossed a proxy.
public struct ByteTally: Hashable, Sendable {
    /// Bytes received from clients.
    public private(set) var fromClients: Int64 = 0
    /// Bytes sent to clients.
    public private(set) var toClients: Int64 = 0
    /// Bytes sent to the upstream.
    public private(set) var toUpstream: Int64 = 0
    /// Bytes received from the upstream.
    public private(set) var fromUpstream: Int64 = 0

    /// Adds a connection that ended.
    mutating func add(_ end: ConnectionEnd) {
        // Wrapping, so that a record read from a damaged file gives odd figures instead of a trap.
        fromClients &+= end.bytesFromClient
        toClients &+= end.bytesToClient
        toUpstream &+= end.bytesToUpstream
        fromUpstream &+= end.bytesFromUpstream
    }
}
