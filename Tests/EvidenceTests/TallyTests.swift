import FaultModel
import Testing

@testable import Evidence

@Suite struct TallyTests {
    @Test(arguments: [nil, 2] as [Int?])
    func countsEverythingWhateverTheLogKeeps(capacity: Int?) {
        let log = EventLog(capacity: capacity)
        let facts: [Fact] =
            [
                .faultArmed(fault), accepted(1), accepted(2), .upstreamConnected(connection(1)),
                .upstreamFailed(connection(2), reason: "refused"), .protocolRecognized(connection(1), .http1),
                received(1, 1), decided(1, 1, false), received(1, 2), decided(1, 2, true), reset(1, 2),
                closed(1, .fault, .reset), received(2, 1, unreadable), decided(2, 1, true, by: "other"),
                .resetCancelled(request(2, 1), fault: "other", reason: .clientGone), .acceptPaused(reason: "EMFILE"),
                .acceptResumed, .callStarted(CallID(1)), .callStarted(CallID(2)), .callStarted(CallID(3)),
                .callEnded(CallID(1), .overdue), .callEnded(CallID(2), .threw("reset")), .faultLifted(fault),
            ] + answered(1, 1, 200)
        for fact in facts { log.append(fact) }
        let tally = log.tally
        #expect(tally.events == facts.count)
        #expect([tally.connections, tally.closedConnections, tally.openConnections] == [2, 1, 1])
        #expect([tally.upstreamFailures, tally.acceptPauses] == [1, 1])
        #expect([tally.requests, tally.opaqueRequests, tally.answered] == [3, 1, 1])
        #expect([tally.selected, tally.spared, tally.resets, tally.cancelledResets] == [2, 1, 1, 1])
        #expect([tally.calls, tally.endedCalls, tally.overdueCalls] == [3, 1, 1])
        #expect(tally.bytes.fromClients == 78)
        #expect(tally.bytes.toClients == 1)
        #expect(tally.bytes.toUpstream == 2)
        #expect(tally.bytes.fromUpstream == 212)
        #expect(tally.faults.map(\.fault) == [fault, "other"])
        #expect(tally.faults.map(\.armed) == [1, 0])
        #expect(tally.faults.map(\.selected) == [1, 1])
        #expect(tally.faults.map(\.resets) == [1, 0])
        #expect(tally.lateness.median == .microseconds(80))
        #expect((log.record.tally == tally) == (capacity == nil))
    }

    /// A link that was armed twice, one that nothing passed, and a fault that resets.
    @Test(arguments: [nil, 1] as [Int?])
    func addsUpWhatLinksDid(capacity: Int?) throws {
        let log = EventLog(capacity: capacity)
        let facts: [Fact] =
            [.faultArmed(fault), .faultArmed(shaper), delayed(1), delayed(2)]
            + ended(shapeRecord(50_000, delayed: 40_000, refused: 1515, by: .milliseconds(80), connections: 2))
            + [.faultArmed(shaper)] + ended(shapeRecord(20_000, refused: 1, connections: 3))
            + ended(shapeRecord(0), of: "idle")
        for fact in facts { log.append(fact) }
        let tally = log.tally
        #expect(tally.faults.map(\.fault) == [fault, shaper, "idle"])
        #expect(tally.faults.map(\.hadEffect) == [false, true, false])
        #expect(tally.hadEffect)
        #expect(tally.faults.first?.link == nil)
        let link = try #require(tally.faults.dropFirst().first?.link)
        #expect([link.ended, link.delayedConnections, link.connections] == [2, 2, 5])
        #expect([link.bytes, link.delayedBytes, link.mostHeld, link.burst] == [70_000, 40_000, 40_000, 32_768])
        // A packet begun by one link is not filled up by another.
        #expect([link.refusedBytes, link.refusedPackets] == [1516, 3])
        #expect(link.longestDelay == .milliseconds(80))
        let idle = try #require(tally.faults.last?.link)
        #expect([idle.ended, idle.connections] == [1, 0])
    }

    /// Figures that no run produces, from a damaged file.
    @Test func oddFiguresDoNotTrap() {
        let odd = ShapeRecord(
            connections: .max, bytes: .max, delayedBytes: .min, refusedBytes: .min, longestDelay: .seconds(-1),
            mostHeld: -1, burst: -1)
        let tally = story([.linkEnded(shaper, odd), .linkEnded(shaper, odd), delayed(1)]).tally
        #expect(tally.faults.first?.link?.ended == 2)
    }
}
