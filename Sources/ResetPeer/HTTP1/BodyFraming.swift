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
    mutating func read(field line: UnsafeRawBufferPointer) -> StaticString? {
        headBytes += line.count
        guard headBytes <= Self.largestHead else { return "a head larger than 1 MiB" }
        let name: UnsafeRawBufferPointer
        let value: UnsafeRawBufferPointer
        switch FieldLine(line) {
        case .defective(let why): return why
        case .field(let readName, let readValue): (name, value) = (readName, readValue)
        }
        switch name.count {
        case 7 where name.equalsIgnoringCase("upgrade"):
            hasUpgrade = true
        case 10 where name.equalsIgnoringCase("connection"):
            for option in value.split(separator: UInt8(ascii: ",")) {
                let option = UnsafeRawBufferPointer(rebasing: option).trimmed
                if option.equalsIgnoringCase("close") { keepsAlive = false }
                if option.equalsIgnoringCase("keep-alive"), keepsAlive == nil { keepsAlive = true }
            }
        case 14 where name.equalsIgnoringCase("content-length"):
            guard contentLength == nil, !isChunked else { return "two statements of the body's length" }
            guard let length = value.trimmed.decimal else { return "a Content-Length that is no number" }
            contentLength = length
        case 15 where name.equalsIgnoringCase("idempotency-key"):
            idempotencyKeyHash = StableHash.hash(value.trimmed)
        case 17 where name.equalsIgnoringCase("transfer-encoding"):
            guard contentLength == nil, !isChunked else { return "two statements of the body's length" }
            guard value.endsWithChunked else { return "a Transfer-Encoding other than chunked" }
            isChunked = true
        default:
            break
        }
        return nil
    }
}

extension UnsafeRawBufferPointer {
    /// The value of a text of 1 to 18 decimal digits.
    fileprivate var decimal: UInt64? {
        guard (1...18).contains(count) else { return nil }
        var value: UInt64 = 0
        for byte in self {
            guard byte.isDigit else { return nil }
            value = value * 10 + UInt64(byte - 0x30)
        }
        return value
    }

    /// Whether a list of transfer codings ends with `chunked`, which occurs once and is preceded by known codings only.
    fileprivate var endsWithChunked: Bool {
        let codings = split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        for (position, part) in codings.enumerated() {
            let coding = UnsafeRawBufferPointer(rebasing: part).trimmed
            if position == codings.count - 1 { return coding.equalsIgnoringCase("chunked") }
            guard
                coding.equalsIgnoringCase("gzip") || coding.equalsIgnoringCase("deflate")
                    || coding.equalsIgnoringCase("compress")
            else { return false }
        }
        return false
    }
}
