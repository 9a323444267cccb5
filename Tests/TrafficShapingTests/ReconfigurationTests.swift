import FaultModel
import Testing

@testable import TrafficShaping

/// A link on which a byte costs a microsecond, with room for one packet of 1000 bytes in the bucket.
private func link(bucket: Int64 = 1000, megabits: Int64 = 8) throws -> ShaperConfiguration {
    try ShaperConfiguration(rate: .megabits(megabits), burst: .bytes(bucket), limit: .bytes(10_000))
}

@Suite("Links that change")
struct ReconfigurationTests {
    private static let millisecond: Int64 = 1_000_000

    /// What becomes of packets of 1000 bytes that arrive at milliseconds, by the number of the packet.
    private func fates(
        _ milliseconds: [Int64], _ events: [LinkEvent], late: Duration = .zero
    ) throws -> (fates: [PacketFate], summary: LinkSummary) {
        var simulation = LinkSimulation(try link())
        simulation.events = events
        simulation.wakeUpLatency = late
        let packets = milliseconds.enumerated().map {
            Packet(arrival: $0.element * Self.millisecond, length: 1000, tag: $0.offset)
        }
        var fates: [Int: PacketFate] = [:]
        let summary = simulation.run([PacketTrace(packets)]) { fates[$0.tag] = $1 }.summary
        #expect(fates.count == packets.count)
        let accounted =
            summary.sent + summary.dropped
            + TrafficVolume(packets: summary.discarded.packets, bytes: summary.discarded.bytes)
            + summary.stuck
        #expect(summary.arrived == accounted)
        return (packets.compactMap { fates[$0.tag] }, summary)
    }

    private func sent(_ microseconds: Int64...) -> [PacketFate] {
        microseconds.map { .sent(at: $0 * 1000) }
    }

    @Test("A change fills the bucket, and the first packet waits for the moment that was armed before")
    func changeKeepsTheTimer() throws {
        // Due are 1, 2 and 3 ms. From 1.5 ms on the bucket has 3000 bytes, but nobody looks before 2 ms.
        let change = LinkEvent(at: 1_500_000, .change(try link(bucket: 3000)))
        #expect(try fates([0, 0, 0, 0], [change]).fates == sent(0, 1000, 2000, 2000))
    }

    @Test("A packet that arrives after a change has the link look at once")
    func arrivalAfterChange() throws {
        let change = LinkEvent(at: 1_500_000, .change(try link(bucket: 9000)))
        var simulation = LinkSimulation(try link())
        simulation.events = [change]
        let packets = [0, 0, 0, 1_600_000].map { Packet(arrival: $0, length: 1000) }
        var moments: [PacketFate] = []
        _ = simulation.run([PacketTrace(packets)]) { moments.append($1) }
        #expect(moments == sent(0, 1000, 1600, 1600))
    }

    @Test("A change of the rate holds from then on")
    func slower() throws {
        // At 0.5 ms a byte costs 2 microseconds, the bucket is full, and the timer stands at 1 ms.
        let change = LinkEvent(at: 500_000, .change(try link(megabits: 4)))
        #expect(try fates([0, 0, 0, 0], [change]).fates == sent(0, 1000, 3000, 5000))
    }

    @Test("Removing a link drops what waits; afterwards nothing is held up")
    func removal() throws {
        let (fates, summary) = try fates([0, 0, 0, 2, 2], [LinkEvent(at: 1_500_000, .remove)])
        #expect(fates == sent(0, 1000) + [.discarded(at: 1_500_000)] + sent(2000, 2000))
        #expect(summary.discarded == TrafficVolume(packets: 1, bytes: 1000))
        #expect(summary.sentAsBurst == TrafficVolume(packets: 0, bytes: 0))
    }

    @Test("A link that was removed can be put there again, with a full bucket")
    func again() throws {
        let events = [LinkEvent(at: 500_000, .remove), LinkEvent(at: 2_500_000, .change(try link()))]
        #expect(try fates([1, 1, 3, 3], events).fates == sent(1000, 1000, 3000, 4000))
    }

    @Test("Draining lets everything go when the timer goes off, and removes the link then")
    func draining() throws {
        let events = [LinkEvent(at: 1_500_000, .drainThenRemove(within: .seconds(1)))]
        let (fates, summary) = try fates([0, 0, 0, 0, 0, 3, 3], events)
        #expect(fates == sent(0, 1000, 2000, 2000, 2000, 3000, 3000))
        #expect(summary.discarded == .zero)
    }

    @Test("Draining ends when its time is over, and drops what waits")
    func drainingInVain() throws {
        // The timer stands at 2 ms, the time is over before.
        let events = [LinkEvent(at: 1_500_000, .drainThenRemove(within: .microseconds(100)))]
        let expected: [PacketFate] =
            sent(0, 1000) + [.discarded(at: 1_600_000), .discarded(at: 1_600_000)] + sent(3000)
        #expect(try fates([0, 0, 0, 0, 3], events).fates == expected)
    }

    @Test("Draining an empty link removes it at once")
    func drainingNothing() throws {
        let events = [LinkEvent(at: 5_500_000, .drainThenRemove(within: .seconds(1)))]
        #expect(try fates([6, 6, 6], events).fates == sent(6000, 6000, 6000))
    }

    @Test("A packet that became too large for the bucket never leaves, and the simulation ends all the same")
    func stuckHead() throws {
        let change = LinkEvent(at: 500_000, .change(try link(bucket: 999)))
        let (fates, summary) = try fates([0, 0, 0, 4], [change])
        #expect(fates == sent(0) + [.stuck, .stuck, .oversize])
        #expect(summary.stuck == TrafficVolume(packets: 2, bytes: 2000))
    }

    @Test("Another change frees it, when the timer goes off the next time")
    func freed() throws {
        // Stuck from 1 ms on: a byte is missing, so the timer goes off each microsecond; with lateness, each 8.
        let events = [
            LinkEvent(at: 500_000, .change(try link(bucket: 999))),
            LinkEvent(at: 2_000_500, .change(try link())),
        ]
        #expect(try fates([0, 0], events).fates == sent(0, 2001))
        #expect(try fates([0, 0], events, late: .microseconds(7)).fates == sent(0, 2007))
    }

    @Test("Events of one moment happen in the order in which they stand")
    func order() throws {
        let events = [LinkEvent(at: 2_000_000, .remove), LinkEvent(at: 2_000_000, .change(try link()))]
        #expect(try fates([3, 3], events).fates == sent(3000, 4000))
        #expect(try fates([3, 3], events.reversed()).fates == sent(3000, 3000))
    }

    @Test("The filter itself keeps queue, counters and timer in a change")
    func filter() throws {
        var filter = TokenBucketFilter(try link())
        for _ in 0..<3 { #expect(filter.enqueue(.init(length: 1000)) == .queued) }
        #expect(filter.dequeue(at: 0) != nil)
        #expect(filter.dequeue(at: 0) == nil)
        #expect(filter.wakeUpAt == 1_000_000)
        filter.change(to: try link(bucket: 5000), at: 400_000)
        #expect(filter.wakeUpAt == 1_000_000)
        #expect(filter.waitingPackets == 2 && filter.backlog == 2000)
        #expect(filter.counters.sentPackets == 1 && filter.counters.overlimits == 1)
        #expect(filter.discardAll().count == 2)
        #expect(filter.backlog == 0 && filter.wakeUpAt == nil && filter.dequeue(at: 9_000_000) == nil)
    }
}

@Suite("Super-packets")
struct SuperPacketTests {
    private let packet = SuperPacket(length: 4000, segmentLength: 1500)

    /// What becomes of the packet, or of its segments, in both forms of a simulation.
    private func fates(_ configuration: ShaperConfiguration) throws -> [PacketFate] {
        var simulation = LinkSimulation(configuration)
        let source = PacketTrace([Packet(arrival: 0, packet)])
        var fast: [UInt32: [PacketFate]] = [:]
        let result = simulation.run([source]) { fast[$0.length, default: []].append($1) }
        simulation.events = [LinkEvent(at: Packet.latestArrival, .remove)]
        var slow: [UInt32: [PacketFate]] = [:]
        var order: [PacketFate] = []
        let slowResult = simulation.run([source]) {
            slow[$0.length, default: []].append($1)
            order.append($1)
        }
        #expect(fast.mapValues(Set.init) == slow.mapValues(Set.init))
        #expect(result.summary == slowResult.summary && result.timeline == slowResult.timeline)
        return order
    }

    private func configuration(burst: Int64, limit: Int64) throws -> ShaperConfiguration {
        try ShaperConfiguration(rate: .megabits(8), burst: .bytes(burst), limit: .bytes(limit))
    }

    @Test("Its segments are as long as it is")
    func lengths() {
        #expect(Array(packet.segmentLengths) == [1500, 1500, 1000])
        #expect(packet.segmentCount == 3)
        #expect(Array(SuperPacket(length: 3000, segmentLength: 1500).segmentLengths) == [1500, 1500])
        #expect(Array(SuperPacket(length: 3, segmentLength: 1500).segmentLengths) == [3])
    }

    @Test("One that fits into the bucket leaves whole")
    func whole() throws {
        #expect(try fates(configuration(burst: 4000, limit: 10_000)) == [.sent(at: 0)])
    }

    @Test("One that does not is cut, and each segment waits by itself")
    func segmented() throws {
        // 3999 microseconds of tokens pay for two segments and 999 bytes of the third.
        #expect(
            try fates(configuration(burst: 3999, limit: 10_000)) == [.sent(at: 0), .sent(at: 0), .sent(at: 1000)])
    }

    @Test("The queue must have room for all segments at once, also for those that leave at once")
    func limit() throws {
        #expect(try fates(configuration(burst: 3999, limit: 3000)) == [.limit, .sent(at: 0), .sent(at: 0)])
        #expect(try fates(configuration(burst: 3999, limit: 2500)) == [.limit, .sent(at: 0), .sent(at: 0)])
        #expect(try fates(configuration(burst: 3999, limit: 1499)) == [.limit, .limit, .sent(at: 0)])
    }

    @Test("One whose segments do not fit either is one drop")
    func refused() throws {
        let configuration = try configuration(burst: 1499, limit: 10_000)
        #expect(try fates(configuration) == [.oversize])
        var filter = TokenBucketFilter(configuration)
        #expect(filter.enqueue(packet) == [.oversize])
        #expect(filter.counters.dropped == 1)
    }

    @Test("The counters know the segments of one that left whole")
    func counters() throws {
        var filter = TokenBucketFilter(try configuration(burst: 4000, limit: 10_000))
        #expect(filter.enqueue(packet, tag: 7) == [.queued])
        #expect(filter.dequeue(at: 0)?.tag == 7)
        #expect(filter.counters.sentPackets == 3 && filter.counters.sentBytes == 4000)
    }
}
