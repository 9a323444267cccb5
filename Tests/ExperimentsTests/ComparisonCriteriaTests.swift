import Experiments
import Testing

/// The words of probe documents: read strictly, or refused with what is expected.
@Suite struct ComparisonCriteriaTests {
    @Test(arguments: [
        ("==", Comparison<Int>.equal(to: 200)), ("!=", .notEqual(to: 200)), ("<", .less(than: 200)),
        ("<=", .atMost(200)), (">", .greater(than: 200)), (">=", .atLeast(200)),
    ])
    func oneNumber(criteria: String, expected: Comparison<Int>) throws {
        #expect(try Comparison<Int>(criteria: criteria, value: "200") == expected)
        #expect(try Comparison<Double>(criteria: criteria, value: "200").description == "\(expected).0")
    }

    @Test(arguments: ["oneOf", "OneOf"]) func aListOfOneIsAList(criteria: String) throws {
        #expect(try Comparison<Int>(criteria: criteria, values: ["-7"]) == .oneOf([-7]))
        #expect(try Comparison<Double>(criteria: criteria, values: ["0.5"]) == .oneOf([0.5]))
        #expect(try TextComparison(criteria: criteria, values: ["a,b"]) == .oneOf(["a,b"]))
    }

    @Test(arguments: ["between", "Between"]) func aRange(criteria: String) throws {
        #expect(try Comparison<Int>(criteria: criteria, values: ["1", "1"]) == .between(1...1))
        #expect(try Comparison<Double>(criteria: criteria, values: ["-1e-3", "2.50"]) == .between(-0.001...2.5))
    }

    @Test(arguments: [
        ("equal", TextComparison.equal(to: "a,b")), ("Equal", .equal(to: "a,b")), ("notEqual", .notEqual(to: "a,b")),
        ("contains", .contains("a,b")), ("notContains", .doesNotContain("a,b")), ("matches", .matches("a,b")),
        ("NotMatches", .doesNotMatch("a,b")),
    ])
    func aCommaIsJustAComma(criteria: String, expected: TextComparison) throws {
        #expect(try TextComparison(criteria: criteria, value: "a,b") == expected)
    }

    @Test(arguments: [
        "", " ", "5 ", " 5", "+5", "5.0", "1e3", "0x10", "-", "--1", "5,6", "nan", "inf", "٥", "1_000",
        "9223372036854775808",
    ])
    func whatIsNoWholeNumberIsNever0(text: String) {
        for word in [">=", "=="] { refuses(text) { try Comparison<Int>(criteria: word, value: text) } }
        refuses(text) { try Comparison<Int>(criteria: "oneOf", values: ["1", text]) }
        refuses(text) { try Comparison<Int>(criteria: "between", values: [text, "1"]) }
    }

    @Test(arguments: [
        "", " 5", "+5", ".5", "5.", "1e", "1e+", "0x1p3", "nan", "-nan", "inf", "Infinity", "-inf", "1,5", "1e999", "٥",
    ])
    func whatIsNoDecimalNumberIsNever0(text: String) {
        refuses(text) { try Comparison<Double>(criteria: "<", value: text) }
        refuses(text) { try Comparison<Double>(criteria: "oneOf", values: [text]) }
    }

    private func refuses(_ text: String, _ read: () throws -> some Any) {
        let error = #expect(throws: InvalidComparison.self) { _ = try read() }
        #expect(error?.text == text.debugDescription)
        #expect(error?.reason.contains("number") == true)
    }

    struct Refusal: Sendable {
        let read: @Sendable () throws -> any Sendable
        let words: String

        init(_ words: String, _ read: @escaping @Sendable () throws -> any Sendable) {
            self.read = read
            self.words = words
        }
    }

    @Test(arguments: [
        Refusal(#""=": unknown criteria; known are ==, !=, <, <=, >, >=, oneOf and between"#) {
            try Comparison<Int>(criteria: "=", value: "1")
        },
        Refusal(#""equal": unknown criteria; known are ==, !=, <, <=, >, >=, oneOf and between"#) {
            try Comparison<Double>(criteria: "equal", values: ["1"])
        },
        Refusal(#""oneOf": takes a list of values, not one text"#) {
            try Comparison<Int>(criteria: "oneOf", value: "1,2")
        },
        Refusal(#"">=": takes one value, not a list"#) { try Comparison<Int>(criteria: ">=", values: ["1"]) },
        Refusal(#""oneOf": a list with at least one value is expected"#) {
            try Comparison<Int>(criteria: "oneOf", values: [])
        },
        Refusal(#""between": two values are expected, lower and upper end, not 3"#) {
            try Comparison<Int>(criteria: "between", values: ["1", "2", "3"])
        },
        Refusal(#""between": the lower end comes first: 2 is more than 1"#) {
            try Comparison<Int>(criteria: "between", values: ["2", "1"])
        },
        Refusal(
            #""==": unknown criteria; known are equal, notEqual, contains, notContains, matches, notMatches and oneOf"#
        ) { try TextComparison(criteria: "==", value: "a") },
        Refusal(#""OneOf": takes a list of values, not one text"#) {
            try TextComparison(criteria: "OneOf", value: "a")
        },
        Refusal(#""equal": takes one value, not a list"#) { try TextComparison(criteria: "equal", values: ["a"]) },
        Refusal(#""oneOf": a list with at least one value is expected"#) {
            try TextComparison(criteria: "oneOf", values: [])
        },
    ])
    func whatDoesNotFitSaysWhatWould(refusal: Refusal) {
        let error = #expect(throws: InvalidComparison.self) { _ = try refusal.read() }
        #expect(error?.description == refusal.words)
    }

    @Test(arguments: ["\u{9B}2J", "\u{2028}", "\u{202E}x", "\u{85}"])
    func whatATerminalObeysIsShownEscaped(text: String) throws {
        let error = #expect(throws: InvalidComparison.self) { try Comparison<Int>(criteria: text, value: "1") }
        let comparisons: [TextComparison] = [
            .equal(to: text), .doesNotContain(text), .oneOf([text, "a"]), try .matches(pattern: text),
        ]
        for shown in [error?.description ?? text] + comparisons.map(\.description) {
            let obeyed = shown.unicodeScalars.filter { scalar in
                [.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
            }
            #expect(obeyed.isEmpty, "\(shown.debugDescription)")
            #expect(shown.contains("\\u{"))
        }
    }

    @Test(arguments: [
        String(repeating: "[", count: 10_000), String(repeating: "[^", count: 51) + "a",
        "[" + Array(repeating: "a", count: 5_000).joined(separator: "&&") + "]",
    ])
    func aPatternThatWouldOverflowTheParserIsRefused(pattern: String) {
        let error = #expect(throws: InvalidComparison.self) { try TextComparison.matches(pattern: pattern) }
        #expect(error?.description.contains("at most 50 of [, &&, -- and ~~") == true)
    }

    @Test func aPatternMayHaveManySets() throws {
        let pattern = String(repeating: "[a-z]", count: 50)
        #expect(try TextComparison.matches(pattern: pattern).holds(for: String(repeating: "q", count: 50)))
    }

    @Test func aLongOrUnprintableTextIsShownOnOneLine() {
        let error = #expect(throws: InvalidComparison.self) {
            try Comparison<Int>(criteria: "==", value: "\u{1B}[2J\n" + String(repeating: "9", count: 1000))
        }
        #expect(error?.description.contains("\u{1B}") == false)
        #expect(error?.description.contains("\n") == false)
        #expect((error?.description.count ?? 1000) < 250)
    }
}
