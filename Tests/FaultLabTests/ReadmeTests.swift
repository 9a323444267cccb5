import FaultLab
import FaultLabTesting
import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What the front page shows is what a user copies first: it compiles and passes as it stands there.
@Suite struct ReadmeTests {
    @Test func pricesSurviveResets() async throws {
        let report = try await withLab(serving: { _ in .ok("7.00 EUR") }) { lab in
            try await lab.run(
                Experiment("prices survive resets") {
                    Inject(PodHTTPResetPeer(toxicity: 30))
                    Workload(calls: 20) { call in
                        let url = try #require(URL(string: lab.url("/price/\(call.number)")))
                        _ = try await URLSession.shared.data(from: url)
                    }
                    Expect {
                        FaultsInjected(atLeast: 6)
                        EveryCallEnds(within: .seconds(5))
                    }
                })
        }
        expectHeld(report)
    }
}
