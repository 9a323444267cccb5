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
}
