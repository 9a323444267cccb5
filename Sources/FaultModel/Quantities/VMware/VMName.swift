/// A virtual machine by its name, or by its path in the inventory when a vCenter has several of one name.
///
/// ```
/// web-01
/// /Frankfurt/vm/Shop/web-01
/// ```
///
/// vSphere allows almost any character in a name. A slash within a name is written `%2f` in a path, as vSphere does it.
public struct VMName: TextQuantity {
    /// The name or the path.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "virtual machine"
    /// The rule as half a sentence.
    public static let rule = """
        a virtual machine is a name of at most 80 bytes, or a path that starts with '/' and ends in one, \
        without control characters
        """

    /// The name without the path.
    public var name: String { text.split(separator: "/").last.map(String.init) ?? text }
    /// Whether the text is a path in the inventory.
    public var isPath: Bool { text.utf8.first == UInt8(ascii: "/") }

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads a name or a path.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The machine.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        guard text.isPlainLine, text.utf8.count <= 4095 else { throw TunableFlaw() }
        let isPath = text.utf8.first == UInt8(ascii: "/")
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(isPath ? 1 : 0)
        guard let name = parts.last, !parts.contains("") else { throw TunableFlaw() }
        if parts.count > 1, !isPath {
            throw TunableFlaw(message: "a path in the inventory starts with '/'", hint: "write /\(text)")
        }
        if name.utf8.count > 80 {
            throw TunableFlaw(message: "the name has \(name.utf8.count) bytes, and the limit is 80")
        }
        return Self(unchecked: text)
    }
}

extension String {
    /// Whether the text is not empty, has no control characters, and neither begins nor ends with white space.
    var isPlainLine: Bool {
        guard let first = utf8.first, let last = utf8.last else { return false }
        return !first.isWhiteSpace && !last.isWhiteSpace
            && unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
