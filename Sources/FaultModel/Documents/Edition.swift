/// The version of a fault document, which fixes defaults, spellings and meaning.
public struct Edition: Hashable, Sendable {
    /// The name, as in `current`.
    public let name: String

    /// The document as it stands today.
    public static let current = Edition(name: "current")
    /// The document that the current one replaced.
    public static let legacy = Edition(name: "legacy")

    /// Names an edition.
    ///
    /// - Parameter name: A lower-case word.
    public init(name: String) {
        self.name = name
    }
}

extension Edition: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
