/// What the bytes of a connection are.
public enum WireProtocol: Hashable, Sendable {
    /// HTTP/1.0 or HTTP/1.1 requests.
    case http1
    /// HTTP/2 with prior knowledge; its streams are not told apart, the connection counts as one request.
    case http2
    /// A TLS handshake; the connection counts as one request.
    case tls
    /// Anything else; the connection, from here on, counts as one request. The text says what was not understood.
    case opaque(reason: String)
}
