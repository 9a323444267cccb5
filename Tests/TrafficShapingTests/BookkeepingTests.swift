import FaultModel
import Testing

@testable import TrafficShaping

/// Sums and timelines against the same figures, counted packet by packet.
@Suite("What a link remembers")
struct BookkeepingTests {
    static let seed: UInt64 = 20_261_122
    #if DEBUG
    static let rounds = 60
    #else
    static let rounds = 1_000
    #endif

    private struct Passed {
        let arrival: Int64
        let length: UInt64
        let outcome: PacketOutcome
        var departure: Int64? { if case .sent(let moment) = outcome { moment } else { nil } }
    }

    private func volume(_ packets: [Passed]) -> TrafficVolume {
        TrafficVolume(packets: UInt64(packets.count), bytes: packets.map(\.length).reduce(0, +))
    }

    /// The timeline, counted in the obvious way.
    private func bins(_ passed: [Passed], like timeline: LinkTimeline) -> [LinkTimeline.Bin] {
        timeline.bins.map { shown in
            var bin = LinkTimeline.Bin(start: shown.start, width: shown.width)
            let range = shown.start..<(shown.start + shown.width)
            let arrived = passed.filter { range.contains($0.arrival) }
            let left = passed.filter { $0.departure.map(range.contains) ?? false }
            bin.arrived = volume(arrived)
            bin.sent = volume(left)
            bin.droppedAtLimit = volume(arrived.filter { $0.outcome == .limit })
            bin.droppedAsOversize = volume(arrived.filter { $0.outcome == .oversize })
            let delays = left.map { ($0.departure ?? 0) - $0.arrival }
            bin.largestDelay = delays.max() ?? 0
            bin.meanDelay = Int64(delays.map { Int128($0) }.reduce(0, +) / Int128(max(1, delays.count)))
            var waited: UInt128 = 0
            for packet in passed {
                guard let departure = packet.departure else { continue }
                let overlap = min(departure, range.upperBound) - max(packet.arrival, range.lowerBound)
                waited += UInt128(max(0, overlap)) * UInt128(packet.length)
            }
            bin.meanBacklog = UInt64(waited / UInt128(shown.width))
            // It is largest at the beginning, or right after an arrival: what has departed by then is gone.
            for moment in [range.lowerBound] + arrived.map(\.arrival) {
                let isFirst = moment == range.lowerBound
                let waiting = passed.filter { packet in
                    guard let departure = packet.departure else { return false }
                    // At the beginning, what arrives or leaves in that very moment is judged with its bin.
                    return isFirst && !arrived.contains { $0.arrival == moment }
                        ? packet.arrival < moment && departure >= moment
                        : packet.arrival <= moment && departure > moment
                }
                bin.largestBacklog = max(bin.largestBacklog, waiting.map(\.length).reduce(0, +))
            }
            return bin
        }
    }

    @Test("Sums and timelines are what counting packet by packet gives", arguments: [2, 8, 512])
    func recount(most: Int) throws {
        var random = TestRandom(seed: Self.seed)
        for round in 0..<Self.rounds {
            let scenario = Scenario.random(using: &random, packets: 60)
            let configuration = try #require(scenario.configuration)
            var link = SimulatedLink(configuration, timelineBins: most)
            let passed = scenario.packets.map { packet in
                Passed(
                    arrival: packet.arrival, length: UInt64(packet.length),
                    outcome: link.offer(Packet(arrival: packet.arrival, length: packet.length)))
            }
            if let flaw = flaw(in: link.summary, passed, configuration) ?? flaw(in: link.timeline, passed, most: most) {
                Issue.record("seed \(Self.seed), round \(round), \(scenario): \(flaw)")
                return
            }
        }
    }

    private func flaw(in summary: LinkSummary, _ passed: [Passed], _ configuration: ShaperConfiguration) -> String? {
        let sent = passed.filter { $0.departure != nil }
        var freeAt: Int64 = 0
        let asBurst = sent.filter { packet in
            let start = max(packet.arrival, freeAt)
            if packet.departure ?? .max < start { return true }
            freeAt = start + configuration.cost.nanoseconds(for: UInt32(packet.length))
            return false
        }
        let delays = sent.map { Duration.nanoseconds(($0.departure ?? 0) - $0.arrival) }
        let deepest = passed.map { now in
            passed.filter { $0.arrival <= now.arrival && $0.departure ?? 0 > now.arrival }.map(\.length).reduce(0, +)
        }
        let expected: [(String, Bool)] = [
            ("arrived", summary.arrived == volume(passed)),
            ("sent", summary.sent == volume(sent)),
            ("limit", summary.droppedAtLimit == volume(passed.filter { $0.outcome == .limit })),
            ("oversize", summary.droppedAsOversize == volume(passed.filter { $0.outcome == .oversize })),
            ("at once", summary.sentAtOnce == volume(sent.filter { $0.departure == $0.arrival })),
            ("burst", summary.sentAsBurst == volume(asBurst)),
            ("first", summary.firstArrival == passed.first?.arrival && summary.lastArrival == passed.last?.arrival),
            ("last", summary.lastDeparture == sent.last?.departure),
            ("delays", summary.delays.count == sent.count),
            ("shortest", summary.delays.minimum == delays.min() && summary.delays.maximum == delays.max()),
            ("backlog", summary.largestBacklog == deepest.max()),
            ("mean", summary.meanRate?.bytes ?? summary.sent.bytes == summary.sent.bytes),
        ]
        return expected.first { !$0.1 }.map { "\($0.0): \(summary)" }
    }

    private func flaw(in timeline: LinkTimeline, _ passed: [Passed], most: Int) -> String? {
        if timeline.bins.count > most { return "\(timeline.bins.count) bins" }
        for (shown, counted) in zip(timeline.bins, bins(passed, like: timeline)) where shown != counted {
            return "\(shown), not \(counted)"
        }
        let sent = timeline.bins.map(\.sent).reduce(.zero, +)
        return sent == volume(passed.filter { $0.departure != nil }) ? nil : "bins lose packets"
    }

    @Test("A link that was offered nothing has figures all the same")
    func nothing() throws {
        let link = SimulatedLink(
            try ShaperConfiguration(rate: .megabits(1), burst: .kibibytes(32), limit: .mebibytes(2)))
        let summary = link.summary
        #expect(summary.arrived == .zero && summary.duration == nil && summary.meanRate == nil)
        #expect(summary.peakRate == nil && summary.offeredRate == nil && summary.delays.count == 0)
        #expect(!summary.burstSwallowedEverything)
        #expect(link.timeline.bins.isEmpty)
    }

    @Test("One packet has no rate, because no time passes")
    func onePacket() throws {
        var link = SimulatedLink(
            try ShaperConfiguration(rate: .megabits(1), burst: .kibibytes(32), limit: .mebibytes(2)))
        #expect(link.offer(Packet(arrival: 5, length: 100)) == .sent(at: 5))
        #expect(link.summary.duration == .zero && link.summary.meanRate == nil)
        #expect(!link.summary.burstSwallowedEverything)
        #expect(link.timeline.bins.count == 1 && link.timeline.bins.first?.start == 5)
    }

    /// At 1 mbit with a bucket of 32 KiB.
    @Test(
        "It is said when the bucket swallowed all traffic that was above the rate",
        arguments: [
            // 21 packets at once fit into the bucket; the 22nd waits.
            (packets: 21, gap: 0, swallowed: true), (22, 0, false),
            // As fast as the rate, or slower: there was nothing to swallow.
            (100, 12_112_000, false), (100, 20_000_000, false),
            // A little faster, for so long as the bucket lasts.
            (100, 12_000_000, true),
        ])
    func swallowed(packets: Int64, gap: Int64, swallowed: Bool) throws {
        var link = SimulatedLink(
            try ShaperConfiguration(rate: .megabits(1), burst: .kibibytes(32), limit: .mebibytes(2)))
        for number in 0..<packets { _ = link.offer(Packet(arrival: number * gap, length: 1514)) }
        #expect(link.summary.burstSwallowedEverything == swallowed)
    }

    @Test("What passes as burst is about the bucket, however long the traffic")
    func burst() throws {
        var link = SimulatedLink(
            try ShaperConfiguration(rate: .megabits(1), burst: .bytes(15_140), limit: .mebibytes(2)))
        for _ in 0..<500 { _ = link.offer(Packet(arrival: 0, length: 1514)) }
        // Ten packets leave at once, of which the rate alone would have sent the first.
        #expect(link.summary.sentAsBurst.packets == 9)
        #expect(link.summary.sentAtOnce.packets == 10)
        #expect(link.summary.meanRate?.isAbove(.megabits(1)) == true)
        #expect(link.summary.meanRate?.bytesPerSecond == 757_000 * 1_000_000_000 / 5_934_880_000)
    }

    @Test("The peak rate is that of the fastest window")
    func peakRate() throws {
        let configuration = try ShaperConfiguration(rate: .gigabits(1), burst: .mebibytes(4), limit: .mebibytes(4))
        var link = SimulatedLink(configuration, peakWindow: .milliseconds(10))
        // 1 packet each millisecond, and 5 more at 50 ms.
        for number in 0..<100 {
            _ = link.offer(Packet(arrival: Int64(number) * 1_000_000, length: number == 50 ? 6000 : 1000))
        }
        #expect(link.summary.peakRate?.bytes == 15_000)
        #expect(link.summary.peakRate?.bitsPerSecond == 12_000_000)
        // After a long silence the window is empty.
        _ = link.offer(Packet(arrival: 1_000_000_000_000, length: 14_999))
        #expect(link.summary.peakRate?.bytes == 15_000)
        _ = link.offer(Packet(arrival: 1_000_000_000_001, length: 2))
        #expect(link.summary.peakRate?.bytes == 15_001)
    }

    @Test("Rates are exact where numbers of 64 bits would overflow")
    func rates() throws {
        let most = try #require(MeasuredRate(bytes: .max, nanoseconds: 1))
        #expect(most.bytesPerSecond == .max && most.isAbove(.gigabits(1_000_000)))
        let least = try #require(MeasuredRate(bytes: 1, nanoseconds: .max))
        #expect(least.bitsPerSecond == 0 && !least.isAbove("8bit"))
        #expect(MeasuredRate(bytes: 1, nanoseconds: 0) == nil)
        #expect(MeasuredRate(bytes: 125_000, nanoseconds: 1_000_000_000)?.isAbove(.megabits(1)) == false)
        #expect(MeasuredRate(bytes: 125_001, nanoseconds: 1_000_000_000)?.isAbove(.megabits(1)) == true)
    }
}
