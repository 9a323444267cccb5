/// The name of an ECS cluster, as in `production`.
public struct ECSClusterName: TextQuantity {
    /// The name, 1 to 255 bytes.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "ECS cluster name"
    /// The rule as half a sentence.
    public static let rule = "the name of an ECS cluster is 1 to 255 letters, digits, '-' and '_'"

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads a name.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The name.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        try ECSName.check(text)
        return Self(unchecked: text)
    }
}
