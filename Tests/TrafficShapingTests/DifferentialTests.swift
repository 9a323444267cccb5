import FaultModel
import Testing

@testable import TrafficShaping

/// All forms of the shaper against each other, and against the kernel's own form.
@Suite("Forms of the shaper")
struct DifferentialTests {
    /// Fixed, so that a failure repeats; change it to look elsewhere.
    static let seed: UInt64 = 20_261_120

    #if DEBUG
    /// A build for debugging takes ten times as long; the checks run both builds.
    static let rounds = 300
    #else
    static let rounds = 4_000
    #endif

    @Test("All forms are the kernel's in every bit")
    func equality() throws {
        var random = TestRandom(seed: Self.seed)
        var seen = (late: 0, limit: 0, oversize: 0, peak: 0)
        for round in 0..<Self.rounds {
            let scenario = Scenario.random(using: &random)
            let configuration = try #require(scenario.configuration)
            let expected = KernelFilter.run(scenario.kernel, scenario.packets)
            let queue = queueOutcomes(configuration, scenario.packets)
            let filter = filterOutcomes(configuration, scenario.packets)
            for (index, packet) in scenario.packets.enumerated() {
                let outcome: KernelFilter.Outcome =
                    switch queue[index] {
                    case .sent(let moment): .left(moment)
                    case .limit: .overLimit
                    case .oversize: .tooLarge
                    }
                if outcome != expected[index] || filter[index] != queue[index] {
                    let other = filter[index].map { "\($0)" } ?? "nothing"
                    Issue.record(
                        """
                        seed \(Self.seed), round \(round), packet \(index) \(packet), \(scenario): \
                        kernel \(expected[index]), queue \(queue[index]), filter \(other)
                        """)
                    return
                }
                switch outcome {
                case .left(let moment): seen.late += moment > packet.arrival ? 1 : 0
                case .overLimit: seen.limit += 1
                case .tooLarge: seen.oversize += 1
                case .lost: break
                }
            }
            seen.peak += scenario.peak == nil ? 0 : 1
        }
        // The generator must reach every outcome, or equality means little.
        let packets = Self.rounds * 200
        #expect(seen.late > packets / 5 && seen.limit > packets / 50 && seen.oversize > packets / 500, "\(seen)")
        #expect(seen.peak > Self.rounds / 4)
    }

    @Test("A simulation step by step shows what the fast one shows, to the last sum and bin")
    func stepwise() throws {
        var random = TestRandom(seed: Self.seed &+ 1)
        for round in 0..<Self.rounds / 3 {
            let scenario = Scenario.random(using: &random)
            let packets = scenario.packets.enumerated().map { number, packet in
                Packet(arrival: packet.arrival, length: packet.length, tag: number)
            }
            // Several sources, so that equal moments come from different ones.
            let sources = (0..<3).map { number in
                PacketTrace(packets.enumerated().filter { $0.offset % 3 == number }.map(\.element))
            }
            var simulation = LinkSimulation(try #require(scenario.configuration))
            simulation.timelineBins = random.pick([2, 16, 512])
            var fast: [Int: PacketFate] = [:]
            let fastResult = simulation.run(sources) { fast[$0.tag] = $1 }
            simulation.events = [LinkEvent(at: Packet.latestArrival, .remove)]
            var slow: [Int: PacketFate] = [:]
            let slowResult = simulation.run(sources) { slow[$0.tag] = $1 }
            let isSame = (
                fates: fast == slow, summary: fastResult.summary == slowResult.summary,
                timeline: fastResult.timeline == slowResult.timeline
            )
            if isSame != (true, true, true) || fast.count != packets.count {
                Issue.record("seed \(Self.seed), round \(round), \(scenario): \(isSame)")
                return
            }
        }
    }
}
