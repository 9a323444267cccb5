import Evidence
import Experiments
import FaultModel
import Reports
import Testing

/// What a run under a rate limit looks like in each form.
@Suite struct LinkReportTests {
    private static let swallowed =
        "slow: all 12000 bytes fitted into the bucket of 32768; use a smaller BURST, or a larger workload"

    /// A run on a backend whose links end with these figures, one for each injection.
    private func run(_ links: [ShapeRecord], allowingNoEffect: Bool = false) async throws -> RunReport {
        let clock = SimulatedClock()
        let log = EventLog(following: clock)
        let backend = RecordingBackend(log: log) { call in
            guard call.operation == .undo, let step = call.step else { return }
            for link in links { log.append(.linkEnded(step.fault.name, link)) }
        }
        let shape = ShapeDisruption(rate: "1mbit", burst: "32kb", limit: "2mb")
        return try await Experiment("a slow link") {
            Inject("slow", .shape(shape))
            Workload {
                log.append(.connectionAccepted(log.nextConnection(), peer: "127.0.0.1:40000"))
            }
            Expect {
                EveryCallEnds(within: .seconds(1))
                if allowingNoEffect { AllowNoEffect() }
            }
        }.run(on: backend, clock: clock)
    }

    private func link(_ bytes: Int64, delayed: Int64 = 0, refused: Int64 = 0) -> ShapeRecord {
        ShapeRecord(
            connections: 3, bytes: bytes, delayedBytes: delayed, refusedBytes: refused,
            longestDelay: delayed > 0 ? .milliseconds(1200) : .zero, mostHeld: delayed, burst: 32768)
    }

    @Test func aLinkThatSlowedSomethingDownIsAnEffect() async throws {
        let report = try await run([link(10_500_000, delayed: 9_900_000, refused: 18_000)])
        #expect(report.outcome == .passed)
        #expect(report.warnings == [])
        let text = TerminalReport().render(report)
        #expect(
            text.contains(
                """
                Links
                  slow: passed 10.5 MB of 3 connections, 9.9 MB of it delayed by up to 1.20 s; a kernel would have
                  dropped about 12 packets

                """), "\(text)")
        #expect(!text.contains("Warnings"))
        #expect(String(decoding: JSONReport().render(report), as: UTF8.self).contains(#""warnings":[],"#))
    }

    @Test(arguments: [false, true])
    func aBucketThatSwallowsTheWorkloadIsAWarningWhateverIsAllowed(allowed: Bool) async throws {
        let report = try await run([link(12_000)], allowingNoEffect: allowed)
        #expect(report.outcome == (allowed ? .passed : .noEffect))
        #expect(report.warnings == [Self.swallowed])
        let text = TerminalReport().render(report)
        #expect(
            text.contains(
                """
                Warnings
                  \(Self.swallowed)

                """), "\(text)")
        #expect(text.contains("  slow: passed 12.0 kB of 3 connections; nothing had to wait\n"))
        let json = String(decoding: JSONReport().render(report), as: UTF8.self)
        #expect(json.contains(#""warnings":["\#(Self.swallowed)"],"#), "\(json)")
    }

    /// Nothing waited for another reason, or something did.
    @Test(arguments: [[], [0], [32_769], [12_000, 40_000], [0, 0]] as [[Int64]])
    func otherRunsHaveNoWarnings(bytes: [Int64]) async throws {
        #expect(try await run(bytes.map { link($0) }).warnings == [])
        #expect(try await run([link(12_000)] + [link(50_000, delayed: 17_232)]).warnings == [])
        // Less than the bucket holds, and yet slowed down, by a peak rate.
        #expect(try await run([link(12_000, delayed: 1)]).warnings == [])
    }

    @Test func severalInjectionsHaveOneWarning() async throws {
        #expect(
            try await run([link(12_000), link(0), link(32_768)]).warnings == [
                "slow: all 44768 bytes of 2 injections fitted into a full bucket of 32768 each; "
                    + "use a smaller BURST, or a larger workload"
            ])
    }
}
