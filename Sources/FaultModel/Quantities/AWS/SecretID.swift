/// The identifier under which a secret is stored, as in `aws-chaos.prod`; never the secret itself.
public struct SecretID: TextQuantity {
    /// The identifier, 1 to 128 bytes.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "secret identifier"
    /// The rule as half a sentence.
    public static let rule = "the identifier of a secret is 1 to 128 letters, digits and any of _ . - $ /"

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads an identifier.
    ///
    /// What looks like an access key is refused, and the message does not quote it.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The identifier.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        let bytes = text.utf8
        if isAccessKey(bytes) {
            throw TunableFlaw(
                message: "this looks like an access key",
                hint: "write the identifier of the stored secret, never the key",
                hidesValue: true)
        }
        guard (1...128).contains(bytes.count), bytes.allSatisfy({ $0.isAlphanumeric || "_.-$/".utf8.contains($0) })
        else {
            // Whoever pastes a key with '+' or '=' in it, or a whole credentials file, gets here.
            throw TunableFlaw(message: rule, hint: "write the identifier, never the secret itself", hidesValue: true)
        }
        return Self(unchecked: text)
    }

    /// Whether a text has the shape of an access key id (`AKIA…`, `ASIA…`: 20 capitals and digits) or of a secret access
    /// key (40 bytes of base64 with letters of both cases and digits).
    private static func isAccessKey(_ bytes: String.UTF8View) -> Bool {
        if bytes.starts(with: "AKIA".utf8) || bytes.starts(with: "ASIA".utf8) {
            return bytes.count >= 16 && bytes.allSatisfy { $0.isUppercaseLetter || $0.isDigit }
        }
        return bytes.count == 40 && bytes.allSatisfy { $0.isAlphanumeric || "/+=".utf8.contains($0) }
            && bytes.contains(where: \.isUppercaseLetter) && bytes.contains(where: \.isLowercaseLetter)
            && bytes.contains(where: \.isDigit)
    }
}
