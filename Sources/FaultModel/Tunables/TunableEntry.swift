/// One key with its value as somebody wrote it.
public struct TunableEntry: Hashable, Sendable {
    /// The key, as in `RESET_TIMEOUT`.
    public let key: String
    /// The value, as in `500`; may be a secret.
    public let value: String
    /// Where it stands.
    public let place: Place

    /// Creates an entry.
    ///
    /// - Parameters:
    ///   - key: The key as written.
    ///   - value: The value as written.
    ///   - place: Where it stands.
    public init(_ key: String, _ value: String, place: Place = .unknown) {
        self.key = key
        self.value = value
        self.place = place
    }
}

extension TunableEntry: CustomStringConvertible {
    /// The key and the place.
    ///
    /// The value stays out, because an entry cannot know whether it is a secret.
    public var description: String {
        place == .unknown ? "\(key.printable())=…" : "\(key.printable())=… (\(place.withoutValue))"
    }
}
