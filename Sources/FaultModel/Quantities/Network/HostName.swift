/// The name of a host, as in `payments.example.com`.
///
/// The rule is RFC 1123's: labels of letters, digits and hyphens, 1 to 63 bytes each, at most 253 bytes in all. Case has no
/// meaning in DNS, so the text is lower-case, and a dot at the end is dropped. Addresses are no names.
public struct HostName: TextQuantity {
    /// The name in lower case, without a dot at the end, 1 to 253 bytes.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "host name"
    /// The rule as half a sentence.
    public static let rule = """
        a host name is letters, digits, '-' and '.', with a letter or digit at both ends of each part, at most 253 bytes
        """

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads a name.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The name.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        // First of all, because everything below may quote: somebody's password may stand before the @.
        if text.utf8.contains(UInt8(ascii: "@")) {
            throw TunableFlaw(
                message: "no user stands before a host name", hint: "write the host alone", hidesValue: true)
        }
        if IPAddress(String(text.prefix { $0 != "/" })) != nil {
            throw TunableFlaw(
                message: "this is an address, not a host name", hint: "write addresses in DESTINATION_IPS")
        }
        let name = text.lowercased()
        let bytes = name.utf8.last == UInt8(ascii: ".") ? name.utf8.dropLast() : name.utf8[...]
        if bytes.count > 253 {
            throw TunableFlaw(message: "the name has \(bytes.count) bytes, and the limit is 253")
        }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy({ DNSName.isLabel($0) }), let last = labels.last else { throw flaw(of: text) }
        // RFC 1123, 2.1: only an address ends in a number.
        if last.allSatisfy(\.isDigit) {
            throw TunableFlaw(message: "a host name does not end in a number, and this is no address either")
        }
        return Self(unchecked: String(Substring(bytes)))
    }

    /// Tells of a dot that was dropped.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when the text was read as it stands.
    public static func note(on text: String, readAs value: Self) -> String? {
        text.utf8.last == UInt8(ascii: ".") ? "read as \(value), without the dot at the end" : nil
    }

    private static func flaw(of text: String) -> TunableFlaw {
        if let scheme = text.range(ofText: "://") {
            let host = text[scheme.upperBound...].prefix { !"/:?".contains($0) }
            return TunableFlaw(message: "this is a URL", hint: "write the host alone, \(String(host).printable())")
        }
        if text.utf8.contains(UInt8(ascii: ":")) {
            return TunableFlaw(
                message: "a port does not belong to a host name", hint: "write ports behind '|', as in db|5432")
        }
        if text.utf8.contains(UInt8(ascii: "*")) {
            return TunableFlaw(
                message: "names are looked up one by one, and a pattern cannot be", hint: "write each name")
        }
        if !text.utf8.allSatisfy({ $0 < 0x80 }) {
            return TunableFlaw(hint: "write a name with other letters in its ASCII form, which begins with xn--")
        }
        return TunableFlaw()
    }
}

extension StringProtocol {
    /// Where a text stands for the first time.
    func range(ofText other: StaticString) -> Range<Index>? {
        other.withUTF8Buffer { wanted in
            var start = utf8.startIndex
            while start < utf8.endIndex {
                if utf8[start...].starts(with: wanted) {
                    return start..<utf8.index(start, offsetBy: wanted.count)
                }
                start = utf8.index(after: start)
            }
            return nil
        }
    }
}
