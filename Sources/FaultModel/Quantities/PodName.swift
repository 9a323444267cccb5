/// The name of a Kubernetes pod, as in `checkout-7d9f-x2x5q`.
///
/// It is a DNS subdomain as RFC 1123 spells it and Kubernetes checks it.
public struct PodName: TextQuantity {
    /// The name, 1 to 253 bytes.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "pod name"
    /// The rule as half a sentence.
    public static let rule = """
        a pod name is lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part, \
        at most 253 bytes
        """

    init(unchecked text: String) {
        self.text = text
    }

    /// Reads a name.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The name.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        try DNSName.check(text, limit: 253) { DNSName.isSubdomain($0) }
        return Self(unchecked: text)
    }
}
