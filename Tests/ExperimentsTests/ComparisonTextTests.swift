import Experiments
import Testing

@Suite struct ComparisonTextTests {
    struct Row: Sendable {
        let comparison: TextComparison
        let words: String
        let holding: [String]
        let failing: [String]
    }

    static let rows = [
        Row(
            comparison: .equal(to: "a,b"), words: #"exactly "a,b""#, holding: ["a,b"],
            failing: ["a", "b", "", "a,b\n", "A,B"]),
        Row(comparison: .notEqual(to: "a,b"), words: #"anything but "a,b""#, holding: ["a", "a,b "], failing: ["a,b"]),
        Row(
            comparison: .contains("ok"), words: #"a text with "ok""#, holding: ["ok", "ook", "oook!", "o\nok"],
            failing: ["", "o", "k", "o k", "OK", "ko"]),
        Row(
            comparison: .contains("aab"), words: #"a text with "aab""#, holding: ["aaab", "aab"],
            failing: ["aaa", "ab"]),
        Row(comparison: .contains(""), words: #"a text with """#, holding: ["", "x"], failing: []),
        Row(comparison: .contains("\n"), words: #"a text with "\n""#, holding: ["a\r\nb", "\n"], failing: ["\r"]),
        Row(comparison: .contains("e"), words: #"a text with "e""#, holding: ["e\u{301}"], failing: ["\u{E9}"]),
        Row(
            comparison: .doesNotContain("ok"), words: #"a text without "ok""#, holding: ["", "o"],
            failing: ["ok", "oook"]),
        Row(
            comparison: .matches(#"^v\d+$"#), words: #"a match of /^v\d+$/"#, holding: ["v1", "v42"],
            failing: ["", "v", " v1", "v1x", "x\nv1"]),
        Row(comparison: .matches("k."), words: "a match of /k./", holding: ["ok!", "k\u{301}"], failing: ["ok"]),
        Row(comparison: .doesNotMatch("a+"), words: "no match of /a+/", holding: ["", "b"], failing: ["a", "baa"]),
        Row(comparison: .oneOf(["a,b"]), words: #"exactly "a,b""#, holding: ["a,b"], failing: ["a", "b"]),
        Row(
            comparison: .oneOf(["a", "b"]), words: #"one of "a" and "b""#, holding: ["a", "b"],
            failing: ["", "ab", "a,b"]),
        // The same letter in two forms is two texts.
        Row(comparison: .equal(to: "\u{E9}"), words: "exactly \"\u{E9}\"", holding: ["\u{E9}"], failing: ["e\u{301}"]),
    ]

    @Test(arguments: rows) func whatHoldsIsWhatTheWordsSay(row: Row) {
        for text in row.holding { #expect(row.comparison.holds(for: text), "\(row.words): \(text.debugDescription)") }
        for text in row.failing { #expect(!row.comparison.holds(for: text), "\(row.words): \(text.debugDescription)") }
        #expect(row.comparison.description == row.words)
    }

    @Test(arguments: ["(", "[a", "a{3,2}", "*"], [true, false])
    func aBrokenPatternIsShown(pattern: String, isWanted: Bool) {
        let error = #expect(throws: InvalidComparison.self) {
            if isWanted { _ = try TextComparison.matches(pattern: pattern) }
            if !isWanted { _ = try TextComparison.doesNotMatch(pattern: pattern) }
        }
        #expect(error?.text == "\"\(pattern)\"")
        #expect(error?.reason.hasPrefix("a regular expression is expected: ") == true)
    }

    @Test func aBrokenPatternInTheSourceIsAMistakeOfTheProgram() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = TextComparison.matches("(")
        }
        #expect(result != nil)
        #if DEBUG
        // An optimized program stops without a word.
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains(#""(": a regular expression is expected"#))
        #endif
    }
}
