import FaultLab
import FaultLabTestSupport
import FaultModel
import Testing

/// A rate limit in a lab: declared, armed, judged and undone like any other fault.
@Suite struct LabRateLimitTests {
    /// What a call is answered with, in bytes.
    private static let size = 60_000

    private func serve<Result>(_ body: (Lab) async throws -> Result) async throws -> Result {
        try await withLab(
            serving: { _ in .ok(String(repeating: "x", count: Self.size)) }, body)
    }

    private func limit(burst: ByteSize) -> PodNetworkRateLimit {
        PodNetworkRateLimit(networkBandwidth: .megabits(8), burst: burst, limit: .kibibytes(256))
    }

    @Test func theLimitHoldsAndTheRunSaysWhatItDid() async throws {
        let start = ContinuousClock.now
        let report = try await serve { lab in
            let report = try await lab.run(
                Experiment("a narrow link") {
                    Inject(limit(burst: .kibibytes(4)))
                    Workload(calls: 2, concurrency: 2) { _ in try await get(lab) }
                    Expect {
                        EveryCallEnds(within: .seconds(20))
                        BytesDelayed(atLeast: 100_000)
                    }
                })
            #expect(lab.proxy.armedFaults == [])
            return report
        }
        // 120,000 bytes at a million a second, less what the bucket held.
        #expect(ContinuousClock.now - start >= .milliseconds(115))
        #expect(report.outcome == .passed, "\(report.verdicts)")
        #expect(report.warnings == [])
        let link = try #require(report.record.tally.faults.first?.link)
        #expect(link.bytes >= 2 * Int64(Self.size))
    }

    @Test(arguments: [true, false])
    func aBucketThatSwallowsTheWorkloadIsNoLimit(isAllowed: Bool) async throws {
        let report = try await serve { lab in
            try await lab.run(
                Experiment("a bucket too large") {
                    Inject(limit(burst: .mebibytes(1)))
                    Workload(calls: 2) { _ in try await get(lab) }
                    Expect {
                        EveryCallEnds(within: .seconds(20))
                        if isAllowed { AllowNoEffect() }
                    }
                })
        }
        #expect(report.outcome == (isAllowed ? .passed : .noEffect))
        #expect(report.warnings.count == 1)
        #expect(report.warnings.first?.contains("BURST") == true, "\(report.warnings)")
    }

    @Test func itWorksTogetherWithResets() async throws {
        let report = try await serve { lab in
            try await lab.run(
                Experiment("narrow and torn") {
                    Inject(limit(burst: .kibibytes(4)))
                    Inject(PodHTTPResetPeer(toxicity: 50))
                    Workload(calls: 4) { _ in _ = try? await get(lab) }
                    Expect {
                        FaultsInjected(atLeast: 2)
                        BytesDelayed(atLeast: 50_000, by: "pod-network-rate-limit")
                    }
                })
        }
        #expect(report.outcome == .passed, "\(report.verdicts)")
    }

    @Test func aHostThatDoesNotExistChangesNothing() async throws {
        var fault = limit(burst: .kibibytes(4))
        fault.destinationHosts = [try Destination<HostName>.read("no-such-host.invalid")]
        let report = try await serve { lab in
            try await lab.run(
                Experiment("nobody there") {
                    Inject(fault)
                    Hold(for: .milliseconds(1))
                })
        }
        #expect(report.outcome == .notInjected)
        #expect(report.problems.map(\.description).contains { $0.contains("no-such-host.invalid") })
        #expect(report.record.tally.faults.isEmpty)
    }

    @Test func aLabArmsAndLiftsIt() async throws {
        try await withLab(
            serving: { _ in .ok(String(repeating: "x", count: Self.size)) }, faults: [limit(burst: .kibibytes(4))]
        ) { lab in
            #expect(lab.proxy.armedFaults == ["pod-network-rate-limit"])
            try await get(lab)
            await lab.lift(["pod-network-rate-limit"])
            #expect(lab.log.record.tally.faults.first?.link?.delayedBytes ?? 0 > 50_000)
            let shape = ShapeDisruption(rate: .megabits(1), burst: .kibibytes(2), limit: .kibibytes(64))
            try await lab.arm("narrow", shape)
            #expect(lab.proxy.armedFaults == ["narrow"])
            let slower = ShapeDisruption(
                rate: .megabits(1), burst: .kibibytes(2), limit: .kibibytes(64),
                peak: PeakLimit(rate: .megabits(1), bucket: .kibibytes(2)))
            await #expect(throws: LabError.self) { try await lab.arm("wide", slower) }
        }
    }
}
