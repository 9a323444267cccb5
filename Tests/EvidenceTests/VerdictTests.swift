import Evidence
import FaultModel
import Testing

struct VerdictCase: CustomTestStringConvertible {
    let testDescription: String
    let expectation: any RunExpectation
    let record: EventRecord
    let outcome: Verdict.Outcome
    let explanation: String
    let evidence: [Event.ID]

    init(
        _ name: String, _ expectation: any RunExpectation, _ record: EventRecord, _ outcome: Verdict.Outcome,
        _ explanation: String, _ evidence: [Event.ID] = []
    ) {
        self.testDescription = name
        self.expectation = expectation
        self.record = record
        self.outcome = outcome
        self.explanation = explanation
        self.evidence = evidence
    }
}

@Suite struct VerdictTests {
    private static let armed = Fact.faultArmed(fault)
    private static let two = story(
        [armed, accepted(1), received(1, 1), decided(1, 1, true), reset(1, 1)]
            + [
                accepted(2), received(2, 1, RequestLine(method: "POST", target: "/order")), decided(2, 1, true),
                reset(2, 1),
            ]
    )

    private static let faultsInjected: [VerdictCase] = [
        VerdictCase(
            "enough", FaultsInjected(atLeast: 2), two, .held,
            "2 resets were sent, the first to GET /price (#1.1), the last to POST /order (#2.1).", [5, 9]),
        VerdictCase(
            "more than enough", FaultsInjected(atLeast: 1), two, .held,
            "2 resets were sent, the first to GET /price (#1.1), the last to POST /order (#2.1).", [5, 9]),
        VerdictCase(
            "one", FaultsInjected(atLeast: 1), story([armed, received(1, 1), reset(1, 1)]), .held,
            "1 reset was sent, to GET /price (#1.1).", [3]),
        VerdictCase(
            "a connection", FaultsInjected(atLeast: 1), story([armed, accepted(4), reset(4, 0)]), .held,
            "1 reset was sent, to connection #4.", [3]),
        VerdictCase(
            "too few", FaultsInjected(atLeast: 3), two, .violated,
            "Only 2 of at least 3 resets were sent: 2 of 2 that arrived were selected.", [4, 5, 8, 9]),
        VerdictCase(
            "of another fault", FaultsInjected(atLeast: 1, by: "other"), two, .violated,
            "No reset was sent where at least 1 was expected: the fault was never armed."),
        VerdictCase(
            "of this fault", FaultsInjected(atLeast: 2, by: fault), two, .held,
            "2 resets were sent, the first to GET /price (#1.1), the last to POST /order (#2.1).", [5, 9]),
        VerdictCase(
            "too few are left, but more may have been", FaultsInjected(atLeast: 2), story([reset(1, 1)], discarded: 8),
            .inconclusive,
            "Only 1 of at least 2 resets was sent: the log has let 8 older events go, which may have held the rest.",
            [9]),
        VerdictCase(
            "enough are left", FaultsInjected(atLeast: 1), story([reset(1, 1)], discarded: 8), .held,
            "1 reset was sent, to request #1.1.", [9]),
    ]

    private static let faultHadEffect: [VerdictCase] = [
        VerdictCase("two resets", FaultHadEffect(), two, .held, "2 resets were sent.", [5]),
        VerdictCase(
            "empty", FaultHadEffect(), story([]), .violated, "No reset was sent: the fault was never armed."),
        VerdictCase(
            "never armed", FaultHadEffect(), story([accepted(1), received(1, 1)] + answered(1, 1, 200)), .violated,
            "No reset was sent: the fault was never armed."),
        VerdictCase(
            "another fault was armed", FaultHadEffect(of: "other"), two, .violated,
            "No reset was sent: the fault was never armed."),
        VerdictCase(
            "no traffic", FaultHadEffect(), story([armed]), .violated,
            "No reset was sent: no connection reached the proxy; check that the client connects to it."
        ),
        VerdictCase(
            "silent connections", FaultHadEffect(), story([armed, accepted(1), accepted(2)]), .violated,
            "No reset was sent: no request arrived on 2 connections."),
        VerdictCase(
            "a reset before a dead upstream", FaultHadEffect(),
            story([armed, accepted(1), .upstreamFailed(connection(1), reason: "connect: refused"), reset(1, 1)]),
            .inconclusive,
            "1 reset was sent, but no connection reached the upstream: connect: refused.", [4]),
        VerdictCase(
            "no upstream", FaultHadEffect(),
            story([
                armed, accepted(1), .upstreamFailed(connection(1), reason: "connect: refused"), accepted(2),
                .upstreamFailed(connection(2), reason: "connect: late"), accepted(3),
            ]), .violated,
            "No reset was sent: no request arrived on 3 connections; "
                + "the upstream could not be reached on 2 of 3 connections: connect: refused."),
        VerdictCase(
            "too early and too late", FaultHadEffect(),
            story([accepted(1), received(1, 1), armed, .faultLifted(fault), received(1, 2)]), .violated,
            "No reset was sent: 2 requests arrived, but none while the fault was armed."),
        VerdictCase(
            "no decision", FaultHadEffect(), story([armed, accepted(1), received(1, 1)]), .violated,
            "No reset was sent: 1 request arrived, but the fault decided about none."),
        VerdictCase(
            "all spared", FaultHadEffect(),
            story([armed, received(1, 1), decided(1, 1, false), received(1, 2), decided(1, 2, false)]), .violated,
            "No reset was sent: none of 2 that arrived was selected; a small toxicity may pick none of so few.", [3, 5]),
        VerdictCase(
            "all unreadable", FaultHadEffect(), story([armed, received(1, 1, unreadable), decided(1, 1, false)]),
            .violated,
            "No reset was sent: none of 1 that arrived was selected; "
                + "no bytes could be read, so each connection counted as one request.", [3]),
        VerdictCase(
            "all cancelled", FaultHadEffect(),
            story([
                armed, received(1, 1), decided(1, 1, true), received(2, 1), decided(2, 1, true), received(3, 1),
                decided(3, 1, true), cancelled(1, 1, .clientGone), cancelled(2, 1, .faultLifted),
                cancelled(3, 1, .clientGone),
            ]), .violated,
            "No reset was sent: 3 of 3 selected were cancelled, "
                + "1 because the fault was lifted and 2 because the client went away first.", [3, 5, 7, 8, 9, 10]),
        VerdictCase(
            "still due", FaultHadEffect(), story([armed, received(1, 1), decided(1, 1, true)]), .violated,
            "No reset was sent: 1 of 1 selected was neither reset nor cancelled so far.", [3]),
        VerdictCase(
            "perhaps earlier", FaultHadEffect(), story([armed], discarded: 1), .inconclusive,
            "The log has let 1 older event go, and no reset is among those that are left."),
        VerdictCase(
            "one is left", FaultHadEffect(), story([reset(1, 1)], discarded: 1), .held, "1 reset was sent.", [2]),
    ]

    private static func call(_ number: Int) -> Fact { .callStarted(CallID(number)) }
    private static func ended(_ number: Int, _ outcome: CallOutcome = .returned("200")) -> Fact {
        .callEnded(CallID(number), outcome)
    }

    private static let everyCallEnds: [VerdictCase] = [
        VerdictCase(
            "no call", EveryCallEnds(within: .seconds(1)), story([accepted(1)]), .inconclusive,
            "No call was driven, so there was none to wait for."),
        VerdictCase(
            "one call", EveryCallEnds(within: .milliseconds(1)), story([call(1), ended(1)]), .held,
            "The one call ended after 1 ms.", [1, 2]),
        VerdictCase(
            "a thrown error is an end", EveryCallEnds(within: .seconds(1)),
            story([call(1), call(2), ended(1, .threw("reset")), accepted(1), ended(2)]), .held,
            "Both calls ended, the slowest, call 2, after 3 ms.", [2, 5]),
        VerdictCase(
            "overdue", EveryCallEnds(within: .seconds(1)), story([call(1), call(2), ended(2), ended(1, .overdue)]),
            .violated, "1 of 2 calls did not end within 1 s: call 1 was cancelled after 3 ms.", [1, 4]),
        VerdictCase(
            "slow", EveryCallEnds(within: .microseconds(1999)), story([call(1), call(2), ended(1), ended(2)]),
            .violated,
            "2 of 2 calls did not end within 1.999 ms: call 1 took 2 ms and call 2 took 2 ms.", [1, 2, 3, 4]),
        VerdictCase(
            "running past the limit", EveryCallEnds(within: .milliseconds(1)),
            story([call(1), accepted(1), accepted(2)]),
            .violated, "The one call did not end within 1 ms: call 1 was still running after 2 ms.", [1]),
        VerdictCase(
            "running within the limit", EveryCallEnds(within: .milliseconds(3)),
            story([call(1), call(2), ended(1), accepted(1)]), .inconclusive,
            "1 of 2 calls, call 2 first, was still running when the record ended, and not yet past the limit.", [2]),
        VerdictCase(
            "many", EveryCallEnds(within: .microseconds(1)), story((1...5).flatMap { [call($0), ended($0)] }),
            .violated,
            "5 of 5 calls did not end within 1 µs: call 1 took 1 ms, call 2 took 1 ms, call 3 took 1 ms and 2 more.",
            Array(1...10)),
        VerdictCase(
            "good calls are left, bad ones may have gone", EveryCallEnds(within: .seconds(1)),
            story([call(1), ended(1)], discarded: 3), .inconclusive,
            "The log has let 3 older events go, which may have held a call that did not end."),
        VerdictCase(
            "an overdue call whose start has gone", EveryCallEnds(within: .seconds(1)),
            story([ended(1, .overdue), call(2), ended(2)], discarded: 3), .violated,
            "The one call did not end within 1 s: call 1 was cancelled.", [4]),
    ]

    @Test(arguments: faultsInjected + faultHadEffect + everyCallEnds)
    func saysWhatTheEvidenceSays(row: VerdictCase) {
        let verdict = row.expectation.evaluate(row.record)
        #expect(verdict.outcome == row.outcome)
        #expect(verdict.explanation == row.explanation)
        #expect(verdict.evidence == row.evidence)
    }

    private static let named: [(any RunExpectation, String)] = [
        (FaultsInjected(atLeast: 9), "at least 9 faults injected"),
        (FaultsInjected(atLeast: 1, by: fault), "at least 1 fault injected by pod-http-reset-peer"),
        (FaultHadEffect(), "the fault had an effect"),
        (FaultHadEffect(of: fault), "pod-http-reset-peer had an effect"),
        (EveryCallEnds(within: .milliseconds(2500)), "every call ends within 2.5 s"),
        (BytesDelayed(atLeast: 1), "at least 1 byte delayed"),
        (BytesDelayed(atLeast: 4096, by: shaper), "at least 4096 bytes delayed by pod-network-rate-limit"),
    ]

    /// Whatever is expected, an empty record shows nothing, and neither does one whose events are all gone.
    @Test(arguments: named.indices)
    func neverHoldsWithoutEvidence(index: Int) {
        let (expectation, name) = Self.named[index]
        for record in [story([]), story([], discarded: 5), story([.note("")]), story([.note("")], discarded: 5)] {
            let verdict = expectation.evaluate(record)
            #expect(verdict.expectation == name)
            #expect(verdict.outcome != .held)
            #expect(record.isComplete || verdict.outcome == .inconclusive)
            #expect(verdict.explanation.hasSuffix("."))
        }
    }

    @Test func namesAHundredEventsAtMost() {
        let resets = story((1...500).map { reset($0, 1) })
        #expect(FaultsInjected(atLeast: 500).evaluate(resets).evidence == Array(1...Verdict.evidenceLimit))
        #expect(FaultsInjected(atLeast: 501).evaluate(resets).evidence.count == Verdict.evidenceLimit)
    }

    @Test func refusesExpectationsThatCannotFail() async {
        await #expect(processExitsWith: .failure) { _ = FaultsInjected(atLeast: 0) }
        await #expect(processExitsWith: .failure) { _ = EveryCallEnds(within: .zero) }
        await #expect(processExitsWith: .failure) { _ = BytesDelayed(atLeast: 0) }
    }

    @Test(
        arguments: [
            (.zero, "0 ns"), (.nanoseconds(999), "999 ns"), (.nanoseconds(1000), "1 µs"),
            (.nanoseconds(1050), "1.05 µs"),
            (.nanoseconds(999_999), "999.999 µs"), (.milliseconds(1), "1 ms"), (.microseconds(512_700), "512.7 ms"),
            (.milliseconds(999), "999 ms"), (.seconds(1), "1 s"), (.milliseconds(6_200), "6.2 s"),
            (.milliseconds(90_001), "90.001 s"), (.milliseconds(-1500), "-1.5 s"), (.nanoseconds(-1), "-1 ns"),
        ] as [(Duration, String)])
    func lengthsReadWell(length: Duration, text: String) {
        #expect(Wording.length(length) == text)
    }

    @Test(arguments: [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
    func listsReadWell(words: [String], text: String) {
        #expect(Wording.list(words) == text)
    }
}
