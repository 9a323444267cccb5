/// What identifies a request to a reader and to a keyed draw.
public struct RequestLine: Hashable, Sendable {
    /// The method, or an empty text for bytes that cannot be read.
    public let method: String
    /// The target as sent, cut after 1,024 bytes.
    public let target: String
    /// A hash of the `Idempotency-Key` field, when there is one; the key itself may be a secret and is not kept.
    public let idempotencyKeyHash: UInt64?

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - method: The method, or an empty text for bytes that cannot be read.
    ///   - target: The target as sent, cut after 1,024 bytes.
    ///   - idempotencyKeyHash: A hash of the `Idempotency-Key` field.
    public init(method: String, target: String, idempotencyKeyHash: UInt64? = nil) {
        self.method = method
        self.target = target
        self.idempotencyKeyHash = idempotencyKeyHash
    }

    /// Whether the bytes cannot be read, so that a whole connection stands for one request.
    public var isOpaque: Bool { method.isEmpty }
}
