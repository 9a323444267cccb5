/// Reads a label selector from left to right and says what it expected where it cannot go on.
///
/// Stricter than Kubernetes in one point: an empty set, `key in ()`, is refused. Kubernetes reads it as a set that holds the
/// empty value, which is hardly what its writer meant.
struct LabelSelectorParser {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The whole text as a selector.
    mutating func requirements() throws(TunableFlaw) -> [LabelSelector.Requirement] {
        var requirements: [LabelSelector.Requirement] = []
        repeat {
            requirements.append(try requirement())
        } while take(",")
        guard position == bytes.count else {
            throw TunableFlaw(message: "expected ',' between requirements before '\(rest)'")
        }
        return requirements
    }

    private mutating func requirement() throws(TunableFlaw) -> LabelSelector.Requirement {
        if take("!") {
            return LabelSelector.Requirement(key: try key(), condition: .isAbsent)
        }
        let key = try key()
        if take("!=") {
            return LabelSelector.Requirement(key: key, condition: .differs(from: try value()))
        }
        if take("==") || take("=") {
            return LabelSelector.Requirement(key: key, condition: .equals(try value()))
        }
        skipWhiteSpace()
        if position == bytes.count || bytes[position] == UInt8(ascii: ",") {
            return LabelSelector.Requirement(key: key, condition: .exists)
        }
        switch word() {
        case "in": return LabelSelector.Requirement(key: key, condition: .isIn(try values(after: "in")))
        case "notin": return LabelSelector.Requirement(key: key, condition: .isNotIn(try values(after: "notin")))
        case let other: throw TunableFlaw(message: "expected =, !=, in or notin after '\(key)', not '\(other)\(rest)'")
        }
    }

    private mutating func values(after name: String) throws(TunableFlaw) -> [String] {
        guard take("(") else { throw TunableFlaw(message: "expected '(' after '\(name)'") }
        var values: [String] = []
        repeat {
            values.append(try value())
        } while take(",")
        guard take(")") else { throw TunableFlaw(message: "expected ')' at the end of the set, before '\(rest)'") }
        if values == [""] { throw TunableFlaw(message: "the set after '\(name)' is empty") }
        return values
    }

    /// An optional prefix, a DNS subdomain with a slash, and a name of at most 63 bytes.
    private mutating func key() throws(TunableFlaw) -> String {
        let text = word()
        if text.isEmpty { throw TunableFlaw(message: "expected a label key before '\(rest)'") }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isLegal =
            switch parts.count {
            case 1: Self.isName(parts[0])
            case 2: !parts[0].isEmpty && DNSName.isSubdomain(parts[0]) && Self.isName(parts[1])
            default: false
            }
        guard isLegal else {
            throw TunableFlaw(
                message: "'\(text)' is no label key",
                hint: "a key is an optional DNS name with '/', then letters, digits, '-', '_' and '.', at most 63 bytes"
            )
        }
        return text
    }

    private mutating func value() throws(TunableFlaw) -> String {
        let text = word()
        guard text.isEmpty || Self.isName(text.utf8) else {
            throw TunableFlaw(
                message: "'\(text)' is no label value",
                hint: "a value is empty, or letters, digits, '-', '_' and '.', at most 63 bytes")
        }
        return text
    }

    /// Everything up to white space or one of `= ! , ( )`.
    private mutating func word() -> String {
        skipWhiteSpace()
        let start = position
        while position < bytes.count, !bytes[position].isWhiteSpace, !"=!,()".utf8.contains(bytes[position]) {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func take(_ token: StaticString) -> Bool {
        skipWhiteSpace()
        let matches = token.withUTF8Buffer { bytes[position...].starts(with: $0) }
        if matches { position += token.utf8CodeUnitCount }
        return matches
    }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, bytes[position].isWhiteSpace { position += 1 }
    }

    private var rest: String {
        position == bytes.count ? "the end" : String(decoding: bytes[position...], as: UTF8.self)
    }

    /// Letters, digits, `-`, `_` and `.`, a letter or digit at both ends, 1 to 63 bytes.
    private static func isName(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        return first.isAlphanumeric && last.isAlphanumeric
            && bytes.allSatisfy { $0.isAlphanumeric || "-_.".utf8.contains($0) }
    }
}
