/// Traffic described in a text, as in `poisson:rate=2mbit,duration=10s`.
///
/// A text is a name from ``catalog`` and, after a colon, values for parameters with commas between them. What is not named
/// has its default.
///
/// ```swift
/// let pattern = try TrafficPattern("poisson:rate=2mbit,duration=10s")
/// var source = pattern.makeSource(seed: 7)
/// ```
public struct TrafficPattern: Sendable, CustomStringConvertible {
    /// The kind of traffic.
    public let kind: Kind
    /// The text that gives this pattern again, with every parameter.
    public let description: String

    private let make: @Sendable (_ seed: UInt64) -> any TrafficSource

    /// Reads a pattern.
    ///
    /// - Parameter text: The text, as in `poisson:rate=2mbit,duration=10s`, without spaces.
    /// - Throws: ``TrafficPatternError`` for the first thing that is wrong.
    public init(_ text: String) throws(TrafficPatternError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        kind = try Kind.find(parts[0])
        var reader = try PatternReader(kind: kind.name, parts.count > 1 ? parts[1] : "")
        make = try kind.read(&reader)
        try reader.finish()
        description = "\(kind.name):" + reader.parameters.map { "\($0.key)=\($0.text)" }.joined(separator: ",")
    }

    /// Starts the traffic.
    ///
    /// - Parameter seed: What the random moments follow from; several patterns in one simulation need different ones.
    /// - Returns: A source at its beginning. The same seed gives the same packets.
    public func makeSource(seed: UInt64) -> any TrafficSource { make(seed) }

    /// All kinds of traffic, in the order in which documentation lists them.
    public static let catalog: [Kind] = [.constant, .poisson, .onOff, .file, .requests, .video]
}
