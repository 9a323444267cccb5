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

    /// The experiment with a schedule; it is declared as it stands there, and nothing is wrong with it.
    @Test func theExperiment() async throws {
        let (shop, queue) = (Shop(), Queue())
        try await withLab(serving: { _ in .ok() }) { lab in
            let experiment =
                Experiment("checkout survives resets") {
                    SteadyState {
                        lab.probe("the shop answers", get: "/health", is: 200)
                        Probe("the queue is short", mode: .continuous) { try await queue.depth() < 100 }
                    }
                    StopWhen { ProbeFails("the queue is short", times: 3) }
                    Serial {
                        Inject(PodHTTPResetPeer(toxicity: 30), schedule: Schedule(for: .seconds(2)))
                        Inject(
                            "flapping", ResetDisruption(delay: .milliseconds(50)),
                            schedule: Schedule(
                                for: .seconds(3),
                                repeating: .pulses(active: .milliseconds(200), dormant: .milliseconds(800))))
                    }
                    Workload(calls: 30, concurrency: 3, deadline: .seconds(10)) { call in
                        try await shop.checkOut(order: call.number)
                    }
                    Expect {
                        FaultsInjected(atLeast: 2)
                        EveryCallEnds(within: .seconds(5))
                    }
                }
            #expect(experiment.diagnose().isEmpty)
        }
        let isShown = try Self.page.contains(letters(try Self.declaration(in: #filePath)))
        #expect(isShown, "the front page shows another experiment")
    }

    private static var page: String {
        get throws {
            let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            let page = tests.appending(path: "../../README.md").standardized
            return letters(try String(contentsOf: page, encoding: .utf8))
        }
    }

    /// The declaration above, from its first word to the line before the test that it is valid.
    private static func declaration(in file: String) throws -> String {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let begin = try #require(text.range(of: "Experiment(\"checkout survives resets\")"))
        let end = try #require(text.range(of: "#expect(experiment", range: begin.lowerBound..<text.endIndex))
        return String(text[begin.lowerBound..<end.lowerBound])
    }
}

private func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }

private struct Shop: Sendable {
    func checkOut(order: Int) async throws {}
}
