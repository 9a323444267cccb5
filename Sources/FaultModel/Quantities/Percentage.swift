/// A whole percentage from 0 to 100.
public struct Percentage: Hashable, Comparable, Sendable {
    /// The value, 0 to 100.
    public let value: Int

    /// Nothing.
    public static let zero: Percentage = Percentage(unchecked: 0)
    /// Everything.
    public static let hundred: Percentage = Percentage(unchecked: 100)

    /// Creates a percentage, or nothing when the value lies outside 0 to 100.
    ///
    /// - Parameter value: A whole number from 0 to 100.
    public init?(_ value: Int) {
        guard (0...100).contains(value) else { return nil }
        self.init(unchecked: value)
    }

    init(unchecked value: Int) {
        self.value = value
    }

    /// Whether the first share is smaller than the second.
    public static func < (smaller: Percentage, larger: Percentage) -> Bool {
        smaller.value < larger.value
    }
}

extension Percentage: ExpressibleByIntegerLiteral {
    /// Creates a percentage from a literal.
    ///
    /// - Parameter value: A whole number from 0 to 100.
    /// - Precondition: The literal lies in 0 to 100.
    public init(integerLiteral value: Int) {
        precondition((0...100).contains(value), "a percentage is a whole number from 0 to 100, not \(value)")
        self.init(unchecked: value)
    }
}

extension Percentage: CustomStringConvertible {
    /// The value with its sign, as in `30 %`.
    public var description: String { "\(value) %" }
}
