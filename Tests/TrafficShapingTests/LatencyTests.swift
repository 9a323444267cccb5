import FaultModel
import Testing

@testable import TrafficShaping

@Suite("Timers that are late")
struct LatencyTests {
    /// The rate over a long saturated time, in thousandths of the rate that was set.
    private func thousandths(rate: DataRate, burst: Int64, late: Duration) throws -> Int {
        let link = try ShaperConfiguration(rate: rate, burst: .bytes(burst), limit: .mebibytes(4))
        var simulation = LinkSimulation(link)
        simulation.wakeUpLatency = late
        // All of it is there at once, so that no arrival ever wakes the link.
        let packets = (0..<2000).map { _ in Packet(arrival: 0, length: 1514) }
        let summary = simulation.run([PacketTrace(packets)]).summary
        #expect(summary.sent.packets == 2000)
        let time = try #require(summary.lastDeparture)
        let bytes = Int128(1514) * 1999
        return Int(bytes * 1_000_000_000 * 1000 / Int128(time) / Int128(rate.bytesPerSecond))
    }

    /// L / (L + r δ): what a bucket of one frame loses, because it is full while nobody looks.
    @Test("A bucket of one frame loses what the timer is late", arguments: [10, 100, 1000], [0, 12, 16, 40])
    func rateLoss(megabits: Int64, microseconds: Int64) throws {
        let rate = DataRate.megabits(megabits)
        let perFrame = 1514 * 8 * 1000 / megabits
        let expected = Int(1000 * perFrame / (perFrame + microseconds * 1000))
        let found = try thousandths(rate: rate, burst: 1514, late: .microseconds(microseconds))
        #expect(abs(found - expected) <= 1, "\(found), not \(expected)")
    }

    @Test("A bucket that holds the lateness too loses nothing", arguments: [10, 100, 1000])
    func bucketAbsorbsLateness(megabits: Int64) throws {
        let late = 16 * megabits * 125 / 1000
        let found = try thousandths(rate: .megabits(megabits), burst: 1514 + late + 1, late: .microseconds(16))
        #expect((999...1001).contains(found))
    }

    @Test("A packet that arrives while the timer is late wakes the link")
    func arrivalsWake() throws {
        var simulation = LinkSimulation(
            try ShaperConfiguration(rate: .megabits(8), burst: .bytes(1000), limit: .kibibytes(64)))
        simulation.wakeUpLatency = .microseconds(500)
        // A byte costs a microsecond: the second packet is due at 1 ms, its timer comes at 1.5 ms.
        let packets = [0, 0, 1_200_000].map { Packet(arrival: $0, length: 1000) }
        var departures: [Int64] = []
        let result = simulation.run([PacketTrace(packets)]) { _, fate in
            if case .sent(let moment) = fate { departures.append(moment) }
        }
        // The third is due a packet later than the second left, and the timer is late again.
        #expect(departures == [0, 1_200_000, 2_700_000])
        #expect(result.summary.delays.maximum == .microseconds(1500))
    }

    @Test("Every packet leaves in order, and none before it would on an ideal link, when nothing is dropped")
    func neverEarly() throws {
        var random = TestRandom(seed: 77)
        for round in 0..<100 {
            var scenario = Scenario.random(using: &random, packets: 100)
            scenario.limit = .max
            guard let configuration = scenario.configuration else { continue }
            let packets = scenario.packets.enumerated().map {
                Packet(arrival: $0.element.arrival, length: $0.element.length, tag: $0.offset)
            }
            var simulation = LinkSimulation(configuration)
            simulation.wakeUpLatency = .nanoseconds(Int64(random.spread(1...1_000_000_000)))
            var fates: [PacketFate?] = Array(repeating: nil, count: packets.count)
            _ = simulation.run([PacketTrace(packets)]) { fates[$0.tag] = $1 }
            let ideals = queueOutcomes(configuration, scenario.packets)
            // Packets of gigabytes fill even the largest queue; with a late timer, others of them are dropped.
            if ideals.contains(.limit) || fates.contains(.limit) { continue }
            var last: Int64 = 0
            for (index, ideal) in ideals.enumerated() {
                switch (ideal, fates[index]) {
                case (.sent(let early), .sent(let late)) where late >= max(early, last): last = late
                case (.oversize, .oversize): break
                default:
                    Issue.record(
                        "seed 77, round \(round), packet \(index): \(ideal), \(String(describing: fates[index]))")
                    return
                }
            }
        }
    }
}
