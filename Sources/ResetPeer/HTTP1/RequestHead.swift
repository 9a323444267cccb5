/// What is kept of a request's head.
public struct RequestHead: Hashable, Sendable {
    /// The method, or an empty text for bytes that cannot be read.
    public let method: String
    /// The target as sent, cut after ``longestTarget`` bytes.
    public let target: String
    /// A hash of the `Idempotency-Key` field, when there is one.
    public let idempotencyKeyHash: UInt64?
    /// The hash of method, whole target and idempotency key.
    public let fingerprint: RequestFingerprint
    /// Whether an `Upgrade` field is present, so that the answer may switch the protocol.
    public let asksForUpgrade: Bool

    /// Whether the client asks for the connection to end behind the answer, RFC 9112 section 9.3.
    public let asksForClose: Bool

    /// The length to which a target is kept, in bytes.
    public static let longestTarget: Int = 1024

    /// Describes a head.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - target: The target as sent.
    ///   - idempotencyKeyHash: A hash of the `Idempotency-Key` field.
    ///   - fingerprint: The hash of method, target and key.
    ///   - asksForUpgrade: Whether an `Upgrade` field is present.
    ///   - asksForClose: Whether the client asks for the connection to end behind the answer.
    public init(
        method: String, target: String, idempotencyKeyHash: UInt64? = nil, fingerprint: RequestFingerprint,
        asksForUpgrade: Bool = false, asksForClose: Bool = false
    ) {
        self.method = method
        self.target = target
        self.idempotencyKeyHash = idempotencyKeyHash
        self.fingerprint = fingerprint
        self.asksForUpgrade = asksForUpgrade
        self.asksForClose = asksForClose
    }

    /// The stand-in for bytes that cannot be read as a request.
    static let opaque = RequestHead(method: "", target: "", fingerprint: RequestFingerprint(value: 0))
}

/// A hash that is the same for equal requests in every run and on every platform.
public struct RequestFingerprint: Hashable, Sendable {
    /// The hash.
    public let value: UInt64

    /// Creates a fingerprint.
    ///
    /// - Parameter value: The hash.
    public init(value: UInt64) { self.value = value }
}
