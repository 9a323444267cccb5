import Evidence
import FaultModel
import Testing

/// What became of the first request that arrived, or of the one named.
struct FateCase: CustomTestStringConvertible {
    let testDescription: String
    let facts: [Fact]
    let of: RequestID
    let fate: Fate
    /// The id of the event that settles it.
    let ended: Event.ID?

    init(_ name: String, _ facts: [Fact], of request: RequestID = request(1, 1), _ fate: Fate, ended: Event.ID?) {
        self.testDescription = name
        self.facts = facts
        self.of = request
        self.fate = fate
        self.ended = ended
    }

    static let all: [FateCase] = [
        FateCase("nothing yet", [accepted(1), received(1, 1)], .pending, ended: nil),
        FateCase("no connection known", [received(1, 1)], .pending, ended: nil),
        FateCase(
            "answer begun", [received(1, 1), .responseStarted(request(1, 1), status: 200)], .pending, ended: nil),
        FateCase("answered", [received(1, 1)] + answered(1, 1, 200), .answered(status: 200), ended: 3),
        FateCase("answered with a 500", [received(1, 1)] + answered(1, 1, 500), .answered(status: 500), ended: 3),
        FateCase(
            "answered before the connection was reset",
            [received(1, 1)] + answered(1, 1, 200) + [received(1, 2), reset(1, 2), closed(1, .fault, .reset)],
            .answered(status: 200), ended: 3),
        FateCase(
            "spared and answered", [received(1, 1), decided(1, 1, false)] + answered(1, 1, 204),
            .answered(status: 204), ended: 4),
        FateCase(
            "selected, cancelled, answered",
            [received(1, 1), decided(1, 1, true), cancelled(1, 1, .faultLifted)] + answered(1, 1, 200),
            .answered(status: 200), ended: 5),
        FateCase("selected and waiting", [received(1, 1), decided(1, 1, true)], .pending, ended: nil),
        FateCase(
            "reset", [received(1, 1), decided(1, 1, true), reset(1, 1), closed(1, .fault, .reset)],
            .reset(resetRecord()), ended: 3),
        FateCase(
            "reset after the first bytes of the answer",
            [received(1, 1), .responseStarted(request(1, 1), status: 200), reset(1, 1)], .reset(resetRecord()), ended: 3
        ),
        FateCase(
            "reset as part of a picked connection", [decided(1, 0, true), received(1, 1), reset(1, 0)],
            .reset(resetRecord()), ended: 3),
        FateCase(
            "an unreadable connection is reset", [received(1, 1, unreadable), reset(1, 1)], .reset(resetRecord()),
            ended: 2),
        FateCase(
            "collateral of a neighbor", [received(1, 1), received(1, 2), reset(1, 2), closed(1, .fault, .reset)],
            .lost(.collateral(of: request(1, 2))), ended: 3),
        FateCase(
            "collateral of a neighbor, before the end was logged", [received(1, 1), received(1, 2), reset(1, 2)],
            .lost(.collateral(of: request(1, 2))), ended: 3),
        FateCase(
            "a reset elsewhere does no harm", [received(1, 1), received(2, 1), reset(2, 1)], .pending, ended: nil),
        FateCase(
            "ended by a fault that the record does not name", [received(1, 1), closed(1, .fault, .reset)],
            .lost(.collateral(of: nil)), ended: 2),
        FateCase("client left", [received(1, 1), closed(1, .client, .finished)], .lost(.client), ended: 2),
        FateCase("client reset", [received(1, 1), closed(1, .client, .reset)], .lost(.client), ended: 2),
        FateCase(
            "selected, but the client left first",
            [received(1, 1), decided(1, 1, true), cancelled(1, 1, .clientGone), closed(1, .client, .finished)],
            .lost(.client), ended: 4),
        FateCase("upstream left", [received(1, 1), closed(1, .upstream, .finished)], .lost(.upstream), ended: 2),
        FateCase("upstream reset", [received(1, 1), closed(1, .upstream, .reset)], .lost(.upstream), ended: 2),
        FateCase(
            "upstream could not be reached",
            [.upstreamFailed(connection(1), reason: "refused"), received(1, 1), closed(1, .proxy, .finished)],
            .lost(.upstream), ended: 3),
        FateCase(
            "upstream could not be reached, still open",
            [.upstreamFailed(connection(1), reason: "refused"), received(1, 1)], .pending, ended: nil),
        FateCase("proxy ended", [received(1, 1), closed(1, .proxy, .finished)], .lost(.proxy), ended: 2),
        FateCase(
            "unreadable, ended by the client", [received(1, 1, unreadable), closed(1, .client, .finished)], .carried,
            ended: 2),
        FateCase(
            "unreadable, ended by the upstream", [received(1, 1, unreadable), closed(1, .upstream, .finished)],
            .carried,
            ended: 2),
        FateCase(
            "unreadable, reset by the upstream", [received(1, 1, unreadable), closed(1, .upstream, .reset)],
            .lost(.upstream), ended: 2),
        FateCase(
            "unreadable, cut by the proxy", [received(1, 1, unreadable), closed(1, .proxy, .finished)], .lost(.proxy),
            ended: 2),
        FateCase(
            "unreadable, upstream could not be reached",
            [
                .upstreamFailed(connection(1), reason: "refused"), received(1, 1, unreadable),
                closed(1, .client, .finished),
            ],
            .lost(.upstream), ended: 3),
        FateCase("unreadable and open", [received(1, 1, unreadable)], .pending, ended: nil),
    ]
}

@Suite struct FateTests {
    @Test(arguments: FateCase.all)
    func followsFromTheEvents(row: FateCase) throws {
        let history = try #require(story(row.facts).requests.first { $0.id == row.of })
        #expect(history.fate == row.fate)
        #expect(history.ended?.event == row.ended)
    }

    @Test func aRequestCarriesItsWholeStory() throws {
        let line = RequestLine(method: "PUT", target: "/a", idempotencyKeyHash: 7)
        let record = story(
            [
                accepted(1), received(1, 1, line), .requestCompleted(request(1, 1), bytes: 90), decided(1, 1, true),
                cancelled(1, 1, .faultLifted),
            ] + answered(1, 1, 201))
        let history = try #require(record.requests.first)
        #expect(history.line == line)
        #expect(history.description == "PUT /a (#1.1)")
        #expect(history.arrived.event == 2)
        #expect(history.arrived.time.nanoseconds == 1_000_000)
        #expect(history.completed?.event == 3)
        #expect(history.requestBytes == 90)
        #expect(history.decided?.event == 4)
        #expect(history.isSelected)
        #expect(history.cancellation == .faultLifted)
        #expect(history.answerStarted?.event == 6)
        #expect(history.status == 201)
        #expect(history.responseBytes == 212)
    }

    @Test func requestsStandInOrderOfArrivalWithTheirOccurrence() {
        let post = RequestLine(method: "POST", target: "/price")
        let record = story([
            received(2, 1), received(1, 1), received(1, 2, post), received(2, 2), received(2, 2),
            received(3, 1, unreadable),
        ])
        #expect(
            record.requests.map { "\($0) \($0.occurrence)" } == [
                "GET /price (#2.1) 1", "GET /price (#1.1) 2", "POST /price (#1.2) 1", "GET /price (#2.2) 3",
                "unreadable bytes (#3.1) 1",
            ])
    }

    @Test func whatABoundedLogLetGoIsLeftOut() {
        let record = story(
            answered(1, 1, 200) + [reset(1, 2), closed(1, .fault, .reset), accepted(2), received(2, 1)], discarded: 9)
        #expect(record.requests.map(\.id) == [request(2, 1)])
        #expect(record.connections.map(\.id) == [connection(2)])
    }

    @Test func aConnectionCarriesItsWholeStory() throws {
        let record = story([
            accepted(1), accepted(2), .upstreamConnected(connection(1)), .protocolRecognized(connection(1), .http1),
            decided(1, 0, true), received(1, 1), received(1, 2), .protocolRecognized(connection(1), .tls), reset(1, 0),
            closed(1, .fault, .reset), .upstreamFailed(connection(2), reason: "refused"), decided(2, 0, true),
            cancelled(2, 0, .clientGone), closed(2, .client, .finished),
        ])
        let connections = record.connections
        let (first, second) = (try #require(connections.first), try #require(connections.last))
        #expect(connections.map(\.id) == [connection(1), connection(2)])
        #expect(first.peer == "127.0.0.1:40000")
        #expect(first.accepted.event == 1)
        #expect(first.upstreamConnected?.event == 3)
        #expect(first.wireProtocol == .tls)
        #expect(first.decision?.selected == true)
        #expect(first.requests == [request(1, 1), request(1, 2)])
        #expect(first.reset == resetRecord())
        #expect(first.resetRequest == request(1, 0))
        #expect(first.end?.by == .fault)
        #expect(first.closed?.event == 10)
        #expect(second.upstreamFailure == "refused")
        #expect(second.reset == nil)
        #expect(second.cancellation == .clientGone)
    }

    @Test func callsStandInOrderOfStart() {
        let record = story([
            .callStarted(CallID(2)), .callStarted(CallID(1)), .callEnded(CallID(1), .threw("reset")),
            .callEnded(CallID(9), .overdue),
        ])
        #expect(record.calls.map(\.id) == [CallID(2), CallID(1)])
        #expect(record.calls.map(\.outcome) == [nil, .threw("reset")])
        #expect(record.calls.map(\.duration) == [nil, .milliseconds(1)])
    }
}
