import FaultModel
import Testing

@Suite("Intervals and switches")
struct SmallCodecTests {
    @Test(
        "An interval is a number of seconds or a range of them",
        arguments: [
            ("10", .fixed(.seconds(10)), "10"), ("1", .fixed(.seconds(1)), "1"),
            ("5-15", .random(.seconds(5) ... .seconds(15)), "5-15"), ("0-1", .random(.zero ... .seconds(1)), "0-1"),
            ("7-7", .random(.seconds(7) ... .seconds(7)), "7-7"),
            ("5 - 15", .random(.seconds(5) ... .seconds(15)), "5-15"),
            ("007", .fixed(.seconds(7)), "7"),
        ] as [(String, ChaosInterval, String)])
    func intervals(text: String, interval: ChaosInterval, canonical: String) {
        let reading = TunableCodec.chaosInterval.reading(text, unset: .fixed(.zero))
        #expect(reading.fault?.value == interval)
        #expect(reading.tunables.first?.text == canonical)
    }

    @Test(
        "A refused interval says what to write",
        arguments: [
            ("15-5", "reversed; write 5-15"), ("0", "the smallest is 1"), ("0-0", "longest wait"), ("", "empty"),
            ("-5", "the smallest is 1"), ("5-", "no upper bound"), ("1-2-3", "a whole number of seconds"),
            ("10s", "write 10"),
            ("5-15s", "write 15"), ("a-b", "a whole number of seconds"), ("1-99999999999999999999", "the largest is"),
            ("-", "a whole number of seconds"),
        ])
    func refusedIntervals(text: String, words: String) throws {
        let reading = TunableCodec.chaosInterval.reading(text, unset: .fixed(.zero))
        #expect(reading.fault == nil)
        let problem = try #require(reading.diagnostics.first)
        #expect("\(problem)".contains(words), "\(problem)")
    }

    @Test(
        "A switch is read in any case, and the documented spelling is named",
        arguments: [
            ("true", true, nil), ("false", false, nil), ("True", true, "the documented spelling is true"),
            ("FALSE", false, "the documented spelling is false"), ("Enable", true, "the documented spelling is true"),
            ("disable", false, "the documented spelling is false"),
        ])
    func flags(text: String, value: Bool, note: String?) {
        let codec = TunableCodec.flag(alsoReads: ["enable": true, "disable": false])
        let reading = codec.reading(text, unset: !value)
        #expect(reading.fault?.value == value)
        #expect(reading.diagnostics.map(\.message) == (note.map { [$0] } ?? []))
        #expect(reading.tunables.first?.text == (value ? "true" : "false"))
    }

    @Test("A document may write its words in capitals")
    func capitals() {
        let codec = TunableCodec.flag(yes: "True", no: "False")
        #expect(codec.reading("True", unset: false).diagnostics.isEmpty)
        #expect(codec.reading("true", unset: false).diagnostics.map(\.message) == ["the documented spelling is True"])
        #expect(codec.reading("FALSE", unset: true).tunables.first?.text == "False")
    }

    @Test(
        "Whatever tools disagree about is an error",
        arguments: ["", "1", "0", "yes", "no", "on", "t", "tru", "null", "true "])
    func refusedFlags(text: String) {
        let reading = TunableCodec.flag().reading(text, unset: true)
        // White space around a value is forgiven for every tunable.
        #expect((reading.fault == nil) == (text != "true "))
    }
}
