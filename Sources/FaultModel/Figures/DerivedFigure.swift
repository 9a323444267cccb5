/// A figure that follows from the tunables of a fault and that nobody would want to work out by hand.
///
/// As in `worst queueing delay: 16.777 s (behind a full queue of LIMIT)`.
public struct DerivedFigure: Hashable, Sendable {
    /// What it is, as in `worst queueing delay`.
    public let name: String
    /// The value with its unit, as in `16.777 s`.
    public let value: String
    /// What it follows from and what it means, half a sentence.
    public let explanation: String

    /// Describes a figure.
    ///
    /// - Parameters:
    ///   - name: What it is, lower case.
    ///   - value: The value with its unit.
    ///   - explanation: What it follows from and what it means, half a sentence.
    public init(_ name: String, _ value: String, _ explanation: String) {
        self.name = name
        self.value = value
        self.explanation = explanation
    }
}

extension DerivedFigure: CustomStringConvertible {
    /// Name, value and explanation on one line.
    public var description: String { "\(name): \(value) (\(explanation))" }
}
