/// What a proxy reads of the bytes of a connection.
public enum Recognition: Hashable, Sendable {
    /// HTTP/1 requests and answers are told apart; what is no HTTP/1 counts as one request.
    case http1
    /// Nothing: each connection counts as one request, from its first byte to its end.
    ///
    /// For protocols that only look like HTTP/1, and for a proxy that stays in the path as a plain relay: bytes that
    /// nobody reads need not leave the system.
    case off
}
