import FaultLab

/// Runs for the adapters to judge.
enum SampleRun {
    static func passed() async throws -> RunReport {
        try await run(seed: 1, toxicity: 100) { FaultsInjected(atLeast: 1) }
    }

    static func violatedTwice(seed: UInt64) async throws -> RunReport {
        try await run(seed: seed, toxicity: 100) {
            FaultsInjected(atLeast: 2)
            FaultsInjected(atLeast: 3)
            EveryCallEnds(within: .seconds(10))
        }
    }

    static func withoutEffect(seed: UInt64) async throws -> RunReport {
        try await run(seed: seed, toxicity: 0) { EveryCallEnds(within: .seconds(10)) }
    }

    static func unhealthyBefore(seed: UInt64) async throws -> RunReport {
        try await withLab(serving: { _ in HTTPStubAnswer(status: 503) }, seed: seed) { lab in
            try await lab.run(
                Experiment("unhealthy before") {
                    SteadyState { lab.probe("healthy", get: "/health") }
                    Inject(PodHTTPResetPeer())
                    Workload { try await get(lab) }
                    Expect { EveryCallEnds(within: .seconds(10)) }
                })
        }
    }

    static func unhealthyAfter(seed: UInt64) async throws -> RunReport {
        try await withLab(serving: { _ in .ok() }, seed: seed) { lab in
            try await lab.run(
                Experiment("unhealthy after") {
                    SteadyState { Probe("recovered", mode: .eot) { false } }
                    Inject(PodHTTPResetPeer())
                    Workload { _ = try? await get(lab) }
                    Expect { EveryCallEnds(within: .seconds(10)) }
                })
        }
    }

    private static func run(
        seed: UInt64, toxicity: Percentage, @ExpectBuilder _ expectations: () -> [PlacedExpectation]
    ) async throws -> RunReport {
        try await withLab(serving: { _ in .ok() }, seed: seed) { lab in
            try await lab.run(
                Experiment("sample") {
                    Inject(PodHTTPResetPeer(toxicity: toxicity))
                    Workload(calls: 1) { _ in try await get(lab) }
                    Expect(expectations)
                })
        }
    }
}
