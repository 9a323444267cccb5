import FaultModel

/// The fields of a head that decide where its body ends, RFC 9112 section 6.
///
/// What two parsers may read differently is refused rather than guessed: the caller then treats the bytes as opaque and
/// never counts a request that the upstream does not see.
struct BodyFraming: Sendable {
    private(set) var contentLength: UInt64?
    private(set) var isChunked = false
    private(set) var hasUpgrade = false
    /// What a `Connection` field says about the time after this exchange; `nil` leaves it to the version.
    private(set) var keepsAlive: Bool?
    private(set) var idempotencyKeyHash: UInt64?
    private var headBytes = 0

    /// The largest head that is read, in bytes.
    static let largestHead = 1024 * 1024

    /// Takes in one field line.
    ///
    /// - Returns: Why the head cannot be relied on, or `nil`.
    mutating func read(field line: ByteSlice) -> StaticString? {
        headBytes += line.count
        guard headBytes <= Self.largestHead else { return "a head larger than 1 MiB" }
        let name: ByteSlice
        let value: ByteSlice
        switch FieldLine(line) {
        case .defective(let why): return why
        case .field(let readName, let readValue): (name, value) = (readName, readValue)
        }
        switch name.count {
        case 7 where name.equalsIgnoringCase("upgrade"):
            hasUpgrade = true
        case 10 where name.equalsIgnoringCase("connection"):
            var position = 0
            while let option = value.nextElement(&position) {
                if option.equalsIgnoringCase("close") { keepsAlive = false }
                if case .none = keepsAlive, option.equalsIgnoringCase("keep-alive") { keepsAlive = true }
            }
        case 14 where name.equalsIgnoringCase("content-length"):
            guard case .none = contentLength, !isChunked else { return "two statements of the body's length" }
            guard let length = value.trimmed.decimal else { return "a Content-Length that is no number" }
            contentLength = length
        case 15 where name.equalsIgnoringCase("idempotency-key"):
            idempotencyKeyHash = StableHash.hash(value.trimmed.raw)
        case 17 where name.equalsIgnoringCase("transfer-encoding"):
            guard case .none = contentLength, !isChunked else { return "two statements of the body's length" }
            guard value.endsWithChunked else { return "a Transfer-Encoding other than chunked" }
            isChunked = true
        default:
            break
        }
        return nil
    }
}

extension ByteSlice {
    /// The value of a text of 1 to 18 decimal digits.
    fileprivate var decimal: UInt64? {
        guard count >= 1, count <= 18 else { return nil }
        var value: UInt64 = 0
        var index = 0
        while index < count {
            guard self[index].isDigit else { return nil }
            value = value &* 10 &+ UInt64(self[index] &- 0x30)
            index += 1
        }
        return value
    }

    /// Whether a list of transfer codings ends with `chunked`, which occurs once and is preceded by known codings only.
    fileprivate var endsWithChunked: Bool {
        var position = 0
        while let coding = nextElement(&position) {
            if position > count { return coding.equalsIgnoringCase("chunked") }
            guard
                coding.equalsIgnoringCase("gzip") || coding.equalsIgnoringCase("deflate")
                    || coding.equalsIgnoringCase("compress")
            else { return false }
        }
        return false
    }
}
