/// The number of a driven call within a log, counted from 1.
public struct CallID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, from 1.
    public let number: Int

    /// Creates an identifier.
    ///
    /// - Parameter number: The number, from 1.
    public init(_ number: Int) { self.number = number }

    /// Whether the first call was started before the second.
    public static func < (earlier: CallID, later: CallID) -> Bool { earlier.number < later.number }

    /// The number after the word, as in `call 7`.
    public var description: String { "call \(number)" }
}
