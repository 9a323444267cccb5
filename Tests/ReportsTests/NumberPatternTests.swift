import Reports
import Testing

@Suite struct NumberPatternTests {
    /// Whether the whole text matches.
    private static func matches(_ text: String, _ regex: Regex<AnyRegexOutput>) -> Bool {
        text.firstMatch(of: regex) != nil
    }

    @Test(arguments: [-31, -10, -1, 0, 1, 5, 9, 10, 19, 99, 100, 101])
    func exactlyTheNumbersOfASmallRangeMatch(first: Int) throws {
        for last in stride(from: first, through: first + 140, by: 7) {
            let regex = try Regex(NumberPattern.matching(first...last))
            let wrong = (first - 25...last + 25).filter { Self.matches("\($0)", regex) != (first...last).contains($0) }
            #expect(wrong == [], "\(first)...\(last): \(NumberPattern.matching(first...last))")
        }
    }

    @Test(arguments: [
        0...86_400_000, 1...31_536_000, 1...65_535, 0...100, 7...7, 1_999...20_001, 0...Int.max, 99_999...100_000,
    ])
    func theEndsOfARangeMatchAndTheirNeighborsDoNot(range: ClosedRange<Int>) throws {
        let regex = try Regex(NumberPattern.matching(range))
        #expect(Self.matches("\(range.lowerBound)", regex))
        #expect(Self.matches("\(range.upperBound)", regex))
        #expect(!Self.matches("\(range.lowerBound - 1)", regex))
        #expect(!Self.matches("\(range.upperBound.magnitude + 1)", regex))
        for number in [range.lowerBound, (range.lowerBound / 2 + range.upperBound / 2)] {
            #expect(!Self.matches("0\(number)", regex))
            #expect(!Self.matches("+\(number)", regex))
            #expect(!Self.matches("\(number)s", regex))
        }
        #expect(!Self.matches("", regex))
    }

    @Test func lengthsAreNotListedOneByOne() {
        #expect(NumberPattern.matching(1...99_999) == "^(?:[1-9][0-9]{0,4})$")
        #expect(NumberPattern.matching(0...100) == "^(?:0|[1-9][0-9]{0,1}|100)$")
        #expect(NumberPattern.matching(-3...3) == "^(?:-[1-3]|0|[1-3])$")
    }
}
