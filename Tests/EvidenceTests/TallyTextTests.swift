import Evidence
import FaultModel
import Reports
import Testing

/// What stands at the end of a proxy that ran for long.
@Suite struct TallyTextTests {
    private static func text(_ facts: [Fact]) -> [String] {
        TallyText(story(facts).tally, seed: 7).text.split(separator: "\n").map(String.init)
    }

    private static let armed = Fact.faultArmed(shaper)

    @Test(
        arguments: [
            ([armed, delayed(1)], "1 connection was delayed so far"),
            ([armed, delayed(1), delayed(2)], "2 connections were delayed so far"),
            ([armed] + ended(shapeRecord(0)), "passed nothing"),
            (
                [armed, delayed(1)] + ended(shapeRecord(0)),
                "passed nothing; 1 connection waited until the link ended"
            ),
            ([armed] + ended(shapeRecord(999)), "passed 999 bytes of 1 connection; nothing had to wait"),
            (
                [armed, delayed(1)] + ended(shapeRecord(50_000, delayed: 17_232, by: .milliseconds(80))),
                "passed 50.0 kB of 1 connection, 17.2 kB of it delayed by up to 80.0 ms"
            ),
            (
                [armed, delayed(1)]
                    + ended(
                        shapeRecord(10_500_000, delayed: 9_900_000, refused: 18_000, by: .seconds(1.2), connections: 3)),
                "passed 10.5 MB of 3 connections, 9.9 MB of it delayed by up to 1.20 s; "
                    + "a kernel would have dropped about 12 packets"
            ),
            (
                [armed, delayed(1)] + ended(shapeRecord(50_000, delayed: 1, refused: 1, by: .nanoseconds(500))),
                "passed 50.0 kB of 1 connection, 1 byte of it delayed by up to 1 µs; "
                    + "a kernel would have dropped about 1 packet"
            ),
        ] as [([Fact], String)])
    func aFaultThatShapesHasALine(facts: [Fact], line: String) {
        let lines = Self.text(facts)
        #expect(lines.filter { $0.hasPrefix("\(shaper)") } == ["\(shaper): \(line)"])
        #expect(lines.contains("no fault had an effect") == !facts.contains(delayed(1)))
    }

    @Test func eachKindOfFaultHasItsOwnLine() {
        #expect(
            Self.text(
                [.faultArmed(fault), Self.armed, accepted(1), received(1, 1), decided(1, 1, true), reset(1, 1)]
                    + ended(shapeRecord(12_000))) == [
                    "connections 1, requests 1, answered 0, reset 1",
                    "pod-http-reset-peer: picked 1, spared 0, reset 1, cancelled 0",
                    "pod-network-rate-limit: passed 12.0 kB of 1 connection; nothing had to wait",
                    "lateness of resets: median 80 µs, most 80 µs", "seed 7",
                ])
    }

    @Test func aNameThatDidBothHasBothLines() {
        let lines = Self.text(
            [Self.armed] + ended(shapeRecord(12_000)) + [Self.armed, decided(1, 1, false, by: shaper)])
        #expect(
            lines == [
                "connections 0, requests 0, answered 0, reset 0",
                "pod-network-rate-limit: picked 0, spared 1, reset 0, cancelled 0",
                "pod-network-rate-limit: passed 12.0 kB of 1 connection; nothing had to wait", "no fault had an effect",
                "seed 7",
            ])
    }

    @Test func withoutFaultsNothingIsSaidAboutTheirEffect() {
        #expect(Self.text([accepted(1)]) == ["connections 1, requests 0, answered 0, reset 0", "seed 7"])
    }
}
