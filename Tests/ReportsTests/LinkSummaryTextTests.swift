import FaultModel
import Reports
import Testing
import TrafficShaping

@Suite struct LinkSummaryTextTests {
    private static func text(of traffic: SampleTraffic) -> String {
        LinkSummaryText(traffic.seen.summary, traffic.configuration).text
    }

    @Test func aLinkThatDrops() throws {
        // 2 s of 12 Mbit/s: the bucket passes 22 packets at once, the queue holds 43, the rest leaves at the rate.
        let traffic = try SampleTraffic(
            "drops", .megabits(1), limit: .kibibytes(64), SampleTraffic.steady(2000, every: 1_000_000))
        let text = Self.text(of: traffic)
        let summary = traffic.seen.summary
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "1 Mbit/s, BURST 32 KiB, LIMIT 64 KiB")
        #expect(lines[1] == "  offered    2000 packets, 3028000 bytes (2.89 MiB), 12.1 Mbit/s on average")
        #expect(lines[3].hasSuffix("of the packets: limit \(summary.droppedAtLimit.packets)"))
        #expect(summary.droppedAtLimit.packets > 1500)
        #expect(lines.contains("  queue      at most 63.6 KiB, 99.3 % of LIMIT"))
        let labels = ["offered", "sent", "dropped", "took", "mean rate", "peak rate", "at once", "delay", "queue"]
        #expect(lines.dropFirst().map { String($0.dropFirst(2).prefix(9)).trimmed } == labels)
    }

    @Test func aFileTakesAsLongAsItsBytes() throws {
        let traffic = try SampleTraffic("a file", .megabits(1), SampleTraffic.steady(700, every: 12_112))
        let text = Self.text(of: traffic)
        // (700 × 1514 − 32768) bytes at 125000 bytes/s.
        #expect(text.contains("\n  took       8.22 s from the first arrival to the last departure\n"), "\(text)")
        #expect(text.contains("\n  at once    21 packets, 31794 bytes (31 KiB), 3 % of what was sent\n"), "\(text)")
        #expect(text.contains("\n  dropped    nothing\n"))
    }

    @Test(arguments: [
        ("nothing", "offered  no packets"),
        ("one packet", "note: the traffic never reached the cap; send more at once, or use a lower NETWORK_BANDWIDTH"),
        ("below the cap", "note: the traffic never reached the cap"),
        ("oversize", "note: what is larger than BURST, 32768 bytes, never leaves; raise it above the largest packet"),
        ("too small a queue", "note: nothing was sent, because no packet fits into LIMIT"),
        ("a peak", "1 Mbit/s, BURST 32 KiB, LIMIT 2 MiB, PEAK_RATE 2 Mbit/s, MIN_BURST 1540 B\n"),
    ])
    func whatAReaderMayNotExpectIsSaid(name: String, words: String) throws {
        let traffic = try #require(try SampleTraffic.all.first { $0.name == name })
        let text = Self.text(of: traffic)
        #expect(text.contains(words), "\(text)")
    }

    @Test func aBurstThatTakesInEverythingIsNamed() throws {
        let traffic = try SampleTraffic("burst", .megabits(1), SampleTraffic.steady(20, every: 1000))
        let text = Self.text(of: traffic)
        #expect(text.contains("\nnote: BURST took in all that was above the cap"), "\(text)")
    }

    @Test func everyLineFits() throws {
        for traffic in try SampleTraffic.all {
            for line in Self.text(of: traffic).split(separator: "\n") where !line.hasPrefix("note: ") {
                #expect(line.count <= 100, "\(line)")
            }
        }
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
