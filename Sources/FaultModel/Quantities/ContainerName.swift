/// The name of a container within a Kubernetes pod, as in `app`.
///
/// It is a DNS label as RFC 1123 spells it and Kubernetes checks it.
public struct ContainerName: TextQuantity {
    /// The name, 1 to 63 bytes.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "container name"
    /// The rule as half a sentence.
    public static let rule = """
        a container name is lower-case letters, digits and '-', with a letter or digit at both ends, \
        at most 63 bytes
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
        try DNSName.check(text, limit: 63) { DNSName.isLabel($0) }
        return Self(unchecked: text)
    }
}
