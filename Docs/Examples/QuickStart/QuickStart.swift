// Resets a real pooled HTTP client, and reports what became of every request.
//
//     swift run QuickStart [SEED]

import FaultLab
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@main
struct QuickStart {
    static func main() async throws {
        let seed = CommandLine.arguments.dropFirst().first.flatMap(UInt64.init) ?? 1
        let report = try await withLab(serving: priceService, seed: seed) { lab in
            let session = URLSession(configuration: .ephemeral)
            return try await lab.run(
                Experiment("prices survive resets") {
                    SteadyState {
                        lab.probe("the price service answers", get: "/health", is: 200)
                    }
                    Inject(PodHTTPResetPeer(toxicity: 30, resetTimeout: .milliseconds(20)))
                    Workload(calls: 20, concurrency: 2, deadline: .seconds(20)) { call in
                        guard let url = URL(string: lab.url("/price/\(call.number)")) else { throw URLError(.badURL) }
                        _ = try await session.data(from: url)
                    }
                    Expect {
                        FaultsInjected(atLeast: 6)
                        EveryCallEnds(within: .seconds(10))
                    }
                })
        }
        print(TerminalReport(color: isatty(1) == 1).render(report))
        exit(report.outcome.exitCode)
    }

    /// The upstream: a service that takes 5 ms to name a price.
    @Sendable static func priceService(_ request: HTTPStubRequest) -> HTTPStubAnswer {
        request.target == "/health" ? .ok() : .ok("7.00 EUR", after: .milliseconds(5))
    }
}
