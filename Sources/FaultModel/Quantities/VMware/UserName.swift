/// The name of an account, as in `root`, `SHOP\deploy` or `deploy@shop.example`.
///
/// At most 104 characters, the longest that a Windows guest takes.
public struct UserName: TextQuantity {
    /// The name, 1 to 104 characters.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "user name"
    /// The rule as half a sentence.
    public static let rule = "a user name is 1 to 104 characters, no control characters, and no space at its ends"

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads a name.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The name.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        guard text.isPlainLine else { throw TunableFlaw() }
        let count = text.unicodeScalars.count
        if count > 104 { throw TunableFlaw(message: "the name has \(count) characters, and the limit is 104") }
        return Self(unchecked: text)
    }
}
