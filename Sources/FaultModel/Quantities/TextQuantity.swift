/// A quantity whose value is a text that obeys a rule.
///
/// One reader decides; the failable initializer, the literal and the tunables of a type all go through it.
public protocol TextQuantity: Hashable, Sendable {
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
    /// The text of the value; reading it again gives an equal value.
    var text: String { get }
}

extension TextQuantity {
    /// A literal as a value; a wrong one is a mistake in the program and stops it.
    static func literal(_ text: String) -> Self {
        do throws(TunableFlaw) {
            return try read(text)
        } catch {
            preconditionFailure("\"\(text.printable())\": \(error.message ?? rule)")
        }
    }
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
