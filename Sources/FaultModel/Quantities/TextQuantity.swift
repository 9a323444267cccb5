/// A quantity whose value is a text that obeys a rule.
///
/// One reader decides; the failable initializer, the literal and the tunables of a type all go through it.
///
/// A type states its rule and reads a text; initializer, literal and description follow:
///
/// ```swift
/// public struct QueueName: TextQuantity {
///     public let text: String
///     public static let typeName = "queue name"
///     public static let rule = "a queue name is 1 to 80 lower-case letters"
///     public static func read(_ text: String) throws(TunableFlaw) -> Self { … }
/// }
/// ```
public protocol TextQuantity: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// What documentation calls the type, as in `interface name`.
    static var typeName: String { get }
    /// The rule as half a sentence that can follow a key and its value.
    static var rule: String { get }
    /// Reads a text.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The value.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    static func read(_ text: String) throws(TunableFlaw) -> Self
    /// What to tell whoever wrote a text that was read, but perhaps not as it was meant.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when there is nothing to say, which is the default.
    static func note(on text: String, readAs value: Self) -> String?
    /// The text of the value; reading it again gives an equal value.
    var text: String { get }
}

extension TextQuantity {
    /// Nothing: most texts can be read in one way only.
    public static func note(on text: String, readAs value: Self) -> String? { nil }

    /// Creates a value, or nothing when the text breaks the rule of the type.
    ///
    /// - Parameter text: The text, not trimmed.
    public init?(_ text: String) {
        guard let value = try? Self.read(text) else { return nil }
        self = value
    }

    /// Creates a value from a literal.
    ///
    /// - Parameter value: A text that keeps the rule of the type.
    /// - Precondition: The literal keeps the rule; a wrong one is a mistake in the program and stops it.
    public init(stringLiteral value: String) {
        do throws(TunableFlaw) {
            self = try Self.read(value)
        } catch {
            let shown = error.hidesValue ? "a literal" : "\"\(value.printable())\""
            preconditionFailure("\(shown): \(error.message ?? Self.rule)")
        }
    }

    /// The text of the value.
    public var description: String { text }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLowercaseLetter: Bool { (0x61...0x7A).contains(self) }
    var isUppercaseLetter: Bool { (0x41...0x5A).contains(self) }
    var isAlphanumeric: Bool { isDigit || isLowercaseLetter || isUppercaseLetter }
    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    var isControl: Bool { self < 0x20 || self == 0x7F }
}
