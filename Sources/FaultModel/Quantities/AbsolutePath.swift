/// The absolute path of a file, as in `/tmp/cloud_config.yml`.
///
/// At most 4095 bytes: Linux keeps 4096 for a path (`PATH_MAX`), the terminator included.
public struct AbsolutePath: TextQuantity {
    /// The path, 2 to 4095 bytes, starting with a slash.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "absolute path"
    /// The rule as half a sentence.
    public static let rule = "a path is absolute, names a file, and has at most 4095 bytes"

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads a path.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The path.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        try FilePath.check(text, limit: 4095, noun: "a path")
        return Self(unchecked: text)
    }
}
