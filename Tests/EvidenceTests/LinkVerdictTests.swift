import Evidence
import FaultModel
import Testing

/// What the verdicts say about links.
@Suite struct LinkVerdictTests {
    private static let armed = Fact.faultArmed(shaper)
    private static let slowed =
        [armed, accepted(1), delayed(1)] + ended(shapeRecord(50_000, delayed: 17_232, by: .milliseconds(80)))
    private static let tooLarge = "use a smaller BURST, or a larger workload"

    private static let faultHadEffect: [VerdictCase] = [
        VerdictCase(
            "a link that ended", FaultHadEffect(), story(slowed), .held,
            "17232 bytes had to wait, the longest for 80 ms, and 50000 passed.", [3]),
        VerdictCase(
            "of this fault", FaultHadEffect(of: shaper), story(slowed), .held,
            "17232 bytes had to wait, the longest for 80 ms, and 50000 passed.", [3]),
        VerdictCase(
            "a link that has not ended", FaultHadEffect(), story([armed, accepted(1), delayed(1), delayed(2)]), .held,
            "2 connections were delayed.", [3]),
        VerdictCase(
            "its end alone is left", FaultHadEffect(),
            story(ended(shapeRecord(50_000, delayed: 1, by: .milliseconds(80))), discarded: 8), .held,
            "1 byte had to wait, the longest for 80 ms, and 50000 passed.", [9]),
        VerdictCase(
            "beside a reset", FaultHadEffect(), story([reset(1, 1)] + slowed), .held,
            "1 reset was sent; 17232 bytes had to wait, the longest for 80 ms, and 50000 passed.", [1, 4]),
        VerdictCase(
            "of the other fault", FaultHadEffect(of: fault), story(slowed), .violated,
            "No reset was sent: the fault was never armed."),
        VerdictCase(
            "everything fitted into the bucket", FaultHadEffect(),
            story([armed, accepted(1)] + ended(shapeRecord(12_000))), .violated,
            "No byte had to wait: all 12000 bytes fitted into the bucket of 32768; \(tooLarge).", [3]),
        VerdictCase(
            "exactly the bucket", FaultHadEffect(), story([armed, accepted(1)] + ended(shapeRecord(32_768))), .violated,
            "No byte had to wait: all 32768 bytes fitted into the bucket of 32768; \(tooLarge).", [3]),
        VerdictCase(
            "more than the bucket, but slowly", FaultHadEffect(),
            story([armed, accepted(1)] + ended(shapeRecord(32_769))), .violated,
            "No byte had to wait: the load stayed below the rate: 32769 bytes passed, and the bucket of 32768 never ran "
                + "empty.", [3]),
        VerdictCase(
            "everything fitted into the bucket again and again", FaultHadEffect(),
            story(
                [armed, accepted(1)] + ended(shapeRecord(12_000)) + [armed] + ended(shapeRecord(0)) + [armed]
                    + ended(shapeRecord(24_000))), .violated,
            "No byte had to wait: all 36000 bytes of 2 injections fitted into a full bucket of 32768 each; "
                + "\(tooLarge).", [3, 6, 9]),
        VerdictCase(
            "no client matched", FaultHadEffect(), story([armed, accepted(1)] + ended(shapeRecord(0))), .violated,
            "No byte had to wait: no bytes to matching clients passed the link; destinations of a rate limit are addresses of clients.",
            [3]),
        VerdictCase(
            "no client came", FaultHadEffect(), story([armed] + ended(shapeRecord(0))), .violated,
            "No byte had to wait: no connection reached the proxy; check that the client connects to it.", [2]),
        VerdictCase(
            "no upstream", FaultHadEffect(),
            story(
                [armed, accepted(1), .upstreamFailed(connection(1), reason: "connect: refused")]
                    + ended(shapeRecord(0))), .violated,
            "No byte had to wait: no bytes to matching clients passed the link; destinations of a rate limit are addresses of clients; "
                + "the upstream could not be reached on 1 connection: connect: refused.", [4]),
        VerdictCase(
            "two links", FaultHadEffect(),
            story([armed, accepted(1)] + ended(shapeRecord(0)) + ended(shapeRecord(40_000), of: "other")), .violated,
            "No byte had to wait: no bytes to matching clients passed the link; destinations of a rate limit are addresses of clients (pod-network-rate-limit) and "
                + "the load stayed below the rate: 40000 bytes passed, and the bucket of 32768 never ran empty (other).",
            [3, 5]),
        VerdictCase(
            "neither a reset nor a delay", FaultHadEffect(),
            story([.faultArmed(fault), armed, accepted(1), received(1, 1)] + ended(shapeRecord(12_000))), .violated,
            "No byte had to wait: all 12000 bytes fitted into the bucket of 32768; \(tooLarge). "
                + "No reset was sent: 1 request arrived, but the fault decided about none.", [5]),
        VerdictCase(
            "not known to shape, because the record ended first", FaultHadEffect(of: shaper),
            story([armed, accepted(1)]), .violated, "No reset was sent: no request arrived on 1 connection."),
        VerdictCase(
            "perhaps earlier", FaultHadEffect(), story(ended(shapeRecord(12_000)), discarded: 3), .inconclusive,
            "The log has let 3 older events go, and neither a reset nor a byte that had to wait is among those that are "
                + "left.", [4]),
    ]

    private static let faultsInjected: [VerdictCase] = [
        VerdictCase(
            "a shaper resets nothing", FaultsInjected(atLeast: 1, by: shaper), story(slowed), .violated,
            "No reset was sent where at least 1 was expected: pod-network-rate-limit shapes a link and sends no resets; "
                + "BytesDelayed counts what had to wait."),
        VerdictCase(
            "shapers reset nothing", FaultsInjected(atLeast: 1),
            story(slowed + ended(shapeRecord(1), of: "other")), .violated,
            "No reset was sent where at least 1 was expected: pod-network-rate-limit and other shape links and send no "
                + "resets; BytesDelayed counts what had to wait."),
        VerdictCase(
            "a shaper is not the fault that was armed too late", FaultsInjected(atLeast: 1),
            story([armed, received(1, 1), .faultArmed(fault)] + ended(shapeRecord(1))), .violated,
            "No reset was sent where at least 1 was expected: 1 request arrived, but none while the fault was armed."),
    ]

    private static let bytesDelayed: [VerdictCase] = [
        VerdictCase(
            "enough", BytesDelayed(atLeast: 17_232), story(slowed), .held,
            "17232 bytes had to wait, the longest for 80 ms, and 50000 passed.", [3, 4]),
        VerdictCase(
            "enough of this fault", BytesDelayed(atLeast: 1, by: shaper), story(slowed), .held,
            "17232 bytes had to wait, the longest for 80 ms, and 50000 passed.", [3, 4]),
        VerdictCase(
            "enough over several links", BytesDelayed(atLeast: 30_000),
            story(slowed + [armed] + ended(shapeRecord(60_000, delayed: 12_768, by: .seconds(1)))), .held,
            "30000 bytes had to wait, the longest for 1 s, and 110000 passed.", [3, 4, 7]),
        VerdictCase(
            "enough, although the fault is still in place", BytesDelayed(atLeast: 17_232), story(slowed + [armed]),
            .held,
            "17232 bytes had to wait, the longest for 80 ms, and 50000 passed.", [3, 4]),
        VerdictCase(
            "one too few", BytesDelayed(atLeast: 17_233), story(slowed), .violated,
            "Only 17232 of at least 17233 bytes had to wait: 50000 bytes passed in all.", [3, 4]),
        VerdictCase(
            "of another fault", BytesDelayed(atLeast: 1, by: "other"), story(slowed), .violated,
            "No byte is known to have waited where at least 1 was expected: the fault was never armed."),
        VerdictCase(
            "of a fault that resets", BytesDelayed(atLeast: 2, by: fault),
            story([.faultArmed(fault), reset(1, 1), .faultLifted(fault)] + slowed), .violated,
            "No byte is known to have waited where at least 2 were expected: no link was shaped."),
        VerdictCase(
            "everything fitted into the bucket", BytesDelayed(atLeast: 1),
            story([armed, accepted(1)] + ended(shapeRecord(12_000))), .violated,
            "No byte is known to have waited where at least 1 was expected: "
                + "all 12000 bytes fitted into the bucket of 32768; \(tooLarge).", [3]),
        VerdictCase(
            "the link has not ended", BytesDelayed(atLeast: 1), story([armed, accepted(1), delayed(1)]), .inconclusive,
            "No byte is known to have waited where at least 1 was expected: pod-network-rate-limit was still in place "
                + "when the record ended, and a link tells its figures at its end.", [3]),
        VerdictCase(
            "nothing waited so far", BytesDelayed(atLeast: 1), story([armed, accepted(1)]), .inconclusive,
            "No byte is known to have waited where at least 1 was expected: pod-network-rate-limit was still in place "
                + "when the record ended, and a link tells its figures at its end."),
        VerdictCase(
            "too few so far", BytesDelayed(atLeast: 20_000), story(slowed + [armed]), .inconclusive,
            "Only 17232 of at least 20000 bytes had to wait: pod-network-rate-limit was still in place "
                + "when the record ended, and a link tells its figures at its end.", [3, 4]),
        VerdictCase(
            "another fault is still in place", BytesDelayed(atLeast: 20_000, by: shaper),
            story([.faultArmed(fault)] + slowed), .violated,
            "Only 17232 of at least 20000 bytes had to wait: 50000 bytes passed in all.", [4, 5]),
        VerdictCase(
            "the proxy ended", BytesDelayed(atLeast: 1), story([armed, .linkEnded(shaper, shapeRecord(40_000))]),
            .violated,
            "No byte is known to have waited where at least 1 was expected: the load stayed below the rate: "
                + "40000 bytes passed, and the bucket of 32768 never ran empty.", [2]),
        VerdictCase(
            "the fault is lifted, the link has not ended", BytesDelayed(atLeast: 1),
            story([armed, accepted(1), delayed(1), .faultLifted(shaper)]), .inconclusive,
            "No byte is known to have waited where at least 1 was expected: pod-network-rate-limit was still in place "
                + "when the record ended, and a link tells its figures at its end.", [3]),
        VerdictCase(
            "neither an arming nor an end was logged", BytesDelayed(atLeast: 1), story([accepted(1), delayed(1)]),
            .violated,
            "No byte is known to have waited where at least 1 was expected: no link told its figures.", [2]),
        VerdictCase(
            "the link ends after its fault was lifted", BytesDelayed(atLeast: 1),
            story([armed, accepted(1), .faultLifted(shaper), .linkEnded(shaper, shapeRecord(40_000))]), .violated,
            "No byte is known to have waited where at least 1 was expected: the load stayed below the rate: "
                + "40000 bytes passed, and the bucket of 32768 never ran empty.", [4]),
        VerdictCase(
            "the link ends after its fault was replaced", BytesDelayed(atLeast: 1),
            story([armed, accepted(1), armed, .linkEnded(shaper, shapeRecord(40_000))]), .inconclusive,
            "No byte is known to have waited where at least 1 was expected: pod-network-rate-limit was still in place "
                + "when the record ended, and a link tells its figures at its end.", [4]),
        VerdictCase(
            "some still waited when the link ended", BytesDelayed(atLeast: 60_000),
            story([armed, accepted(1)] + ended(shapeRecord(40_000, delayed: 60_000, by: .seconds(1)))), .held,
            "60000 bytes had to wait, the longest for 1 s, and 40000 passed.", [3]),
        VerdictCase(
            "more may have been", BytesDelayed(atLeast: 20_000), story(slowed, discarded: 8), .inconclusive,
            "Only 17232 of at least 20000 bytes had to wait: the log has let 8 older events go, "
                + "which may have held the rest.", [11, 12]),
        VerdictCase(
            "enough are left", BytesDelayed(atLeast: 17_232), story(slowed, discarded: 8), .held,
            "17232 bytes had to wait, the longest for 80 ms, and 50000 passed.", [11, 12]),
    ]

    @Test(arguments: faultHadEffect + faultsInjected + bytesDelayed)
    func saysWhatTheEvidenceSays(row: VerdictCase) {
        let verdict = row.expectation.evaluate(row.record)
        #expect(verdict.outcome == row.outcome)
        #expect(verdict.explanation == row.explanation)
        #expect(verdict.evidence == row.evidence)
    }

    @Test(
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (10_599, "10.5 kB"),
            (999_999, "999.9 kB"), (1_000_000, "1.0 MB"), (10_500_000, "10.5 MB"), (999_999_999, "999.9 MB"),
            (1_000_000_000, "1.0 GB"), (.max, "9223372036.8 GB"),
        ] as [(Int64, String)])
    func bytesReadWell(number: Int64, text: String) {
        #expect(Wording.bytes(number) == text)
    }
}
