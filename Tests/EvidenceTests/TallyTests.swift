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

    private static func lateness(_ nanoseconds: some Sequence<Int64>) -> LatenessDistribution {
        let events = nanoseconds.enumerated().map { index, nanoseconds in
            Event(
                id: index + 1, time: .zero,
                fact: .resetSent(
                    request(1, 1), ResetRecord(fault: fault, lateness: .nanoseconds(nanoseconds), responseBytes: 0)))
        }
        return Tally(of: events).lateness
    }

    @Test func nothingIsNeverLate() {
        let none = LatenessDistribution()
        #expect(none.count == 0)
        #expect(none.minimum == nil && none.maximum == nil && none.median == nil)
    }

    /// Every doubling and its neighbors, the ends of the numbers, and what lies before zero.
    private static let edges: [Int64] =
        (0..<63).flatMap { (exponent: Int64) -> [Int64] in
            let power: Int64 = 1 << exponent
            return [power - 1, power, power + 1]
        } + [.max, -1, .min]

    @Test(arguments: edges)
    func oneSampleIsExact(nanoseconds: Int64) {
        let one = Self.lateness([nanoseconds])
        #expect(one.count == 1)
        for share: Percentage in [0, 1, 50, 99, 100] { #expect(one.quantile(share) == .nanoseconds(nanoseconds)) }
    }

    @Test func bucketsFollowEachOtherWithoutHoles() {
        let last = LatenessDistribution.bucket(for: .max)
        for bucket in 0..<last {
            let end = LatenessDistribution.upperBound(ofBucket: bucket)
            #expect(LatenessDistribution.bucket(for: end) == bucket)
            #expect(LatenessDistribution.bucket(for: end + 1) == bucket + 1)
        }
        #expect(LatenessDistribution.upperBound(ofBucket: last) == .max)
    }

    @Test(arguments: [0, 1, 10, 25, 50, 75, 90, 99, 100] as [Percentage])
    func quantilesAreWithinAnEighthAbove(share: Percentage) throws {
        let exact = (0..<1000).map { Int64($0) * Int64($0) * 17 }
        let estimate = try #require(Self.lateness(exact.reversed()).quantile(share))
        let figure = Duration.nanoseconds(exact[max(0, share.value * 10 - 1)])
        #expect(estimate >= figure)
        #expect(estimate <= figure + figure / 8)
    }
}
