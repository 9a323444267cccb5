/// The name of a network interface, as in `eth0`.
///
/// The rule is the Linux kernel's: 1 to 15 bytes (`IFNAMSIZ` less its terminator), no slash, no colon, no white space, and
/// neither `.` nor `..`. Control characters are refused as well; the kernel would take some of them, no person means one.
public struct InterfaceName: TextQuantity {
    /// The name, 1 to 15 bytes.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "interface name"
    /// The rule as half a sentence.
    public static let rule = "an interface name is 1 to 15 bytes without '/', ':' and white space, and not '.' or '..'"

    init(unchecked text: String) {
        self.text = text
    }

    /// Reads a name.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The name.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        let bytes = text.utf8
        if bytes.count > 15 {
            throw TunableFlaw(message: "an interface name has at most 15 bytes, this has \(bytes.count)")
        }
        let isLegal = bytes.allSatisfy { byte in
            byte != UInt8(ascii: "/") && byte != UInt8(ascii: ":") && !byte.isWhiteSpace && !byte.isControl
        }
        guard isLegal, !bytes.isEmpty, text != ".", text != ".." else { throw TunableFlaw() }
        return Self(unchecked: text)
    }
}
