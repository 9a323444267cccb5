/// The absolute path of a Unix domain socket, as in `/run/containerd/containerd.sock`.
///
/// At most 107 bytes: Linux keeps 108 for the path (`sun_path`), the terminator included.
public struct UnixSocketPath: TextQuantity {
    /// The path, 2 to 107 bytes, starting with a slash.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "absolute path"
    /// The rule as half a sentence.
    public static let rule = "a socket path is absolute, names a file, and has at most 107 bytes"

    init(unchecked text: String) {
        self.text = text
    }

    /// The part after the last slash.
    var fileName: Substring {
        text[(text.lastIndex(of: "/").map(text.index(after:)) ?? text.startIndex)...]
    }

    /// Reads a path.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The path.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        if text.hasPrefix("unix://") {
            throw TunableFlaw(hint: "write the path alone, \(text.dropFirst("unix://".count))")
        }
        try FilePath.check(text, limit: 107, noun: "a socket path")
        return Self(unchecked: text)
    }
}
