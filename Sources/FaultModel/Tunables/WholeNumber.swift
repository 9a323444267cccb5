/// Reads the whole numbers of the fault documents.
///
/// Only ASCII digits count. Whatever a tool might read into `+5`, `1e3` or `0x50`, two tools would read different things.
enum WholeNumber {
    /// The number in a text.
    ///
    /// - Parameters:
    ///   - text: Digits, with a minus sign at most.
    ///   - range: The legal numbers.
    /// - Returns: The number, within the range.
    /// - Throws: A flaw with a hint when the range has a nearest legal number.
    static func read(_ text: String, in range: ClosedRange<Int>) throws(TunableFlaw) -> Int {
        if text.isEmpty {
            throw TunableFlaw(message: "the value is empty", hint: "leave the key out to get the default")
        }
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { throw TunableFlaw() }
        // A number too large for 64 bits is still a number, and as far out of range as any.
        let number = Int(text) ?? (isNegative ? .min : .max)
        if number < range.lowerBound { throw TunableFlaw(hint: "the smallest is \(range.lowerBound)") }
        if number > range.upperBound { throw TunableFlaw(hint: "the largest is \(range.upperBound)") }
        return number
    }
}
