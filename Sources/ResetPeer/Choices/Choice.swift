/// The outcome of one choice and its ground.
public struct Choice: Hashable, Sendable {
    /// Whether the request or connection is hit.
    public let isSelected: Bool
    /// What the choice was based on; the same ground and seed give the same choice.
    public let ground: Ground

    /// Creates a choice.
    ///
    /// - Parameters:
    ///   - isSelected: Whether the request or connection is hit.
    ///   - ground: What the choice was based on.
    public init(isSelected: Bool, ground: Ground) {
        self.isSelected = isSelected
        self.ground = ground
    }

    /// What a choice was based on.
    public enum Ground: Hashable, Sendable, CustomStringConvertible {
        /// The place in order of arrival, counted from 1.
        case arrival(Int)
        /// The fingerprint and the how-manieth request with it, counted from 1.
        case fingerprint(UInt64, occurrence: Int)

        /// The ground in the form that the event log keeps.
        public var description: String {
            switch self {
            case .arrival(let place): "arrival:\(place)"
            case .fingerprint(let value, let occurrence): "request:\(String(value, radix: 16))/\(occurrence)"
            }
        }
    }
}
