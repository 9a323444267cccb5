/// A region of AWS, as in `eu-central-1` or `us-gov-west-1`.
///
/// The rule is the shape, not a list: new regions appear every year. A part that no region has had so far is noted.
public struct AWSRegion: TextQuantity {
    /// The code of the region.
    public let text: String

    /// What documentation calls the type.
    public static let typeName = "AWS region"
    /// The rule as half a sentence.
    public static let rule = "an AWS region is written as in us-east-1 or us-gov-west-1"

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads a region.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The region.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        if isLegal(text) { return Self(unchecked: text) }
        let plain = String(text.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
        if isLegal(plain) { throw TunableFlaw(hint: "write \(plain)") }
        if text.utf8.last?.isLowercaseLetter == true, isLegal(String(text.dropLast())) {
            throw TunableFlaw(message: "this is an availability zone", hint: "write its region, \(text.dropLast())")
        }
        throw TunableFlaw()
    }

    /// Tells of a direction that no region has had so far, which is rather a slip.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when the region looks like those there are.
    public static func note(on text: String, readAs value: Self) -> String? {
        var parts = value.text.split(separator: "-")
        let index = parts.count - 2
        let direction = String(parts[index])
        if directions.contains(direction) { return nil }
        let note = "no region lies '\(direction)' so far"
        guard let near = NearestName.find(direction, in: directions) else { return note }
        parts[index] = near[...]
        return "\(note); did you mean \(parts.joined(separator: "-"))?"
    }

    private static let directions = [
        "north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest",
    ]

    /// Two to four letters, one or two words, and a number of one or two digits.
    private static func isLegal(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (3...4).contains(parts.count), let number = parts.last else { return false }
        return (2...4).contains(parts[0].count)
            && parts.dropLast().allSatisfy { (2...16).contains($0.count) && $0.allSatisfy(\.isLowercaseLetter) }
            && (1...2).contains(number.count) && number.allSatisfy(\.isDigit) && number.first != UInt8(ascii: "0")
    }
}
