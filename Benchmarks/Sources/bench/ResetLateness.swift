import FaultLab

/// How late an RST leaves the proxy, and how much later than asked for a client has it.
enum ResetLateness {
    static let delay = Duration.milliseconds(20)

    static func run() async throws {
        try await measure("one at a time", connections: 1, rounds: 500)
        try await measure("500 pending, due over 2 s", connections: 500, rounds: 1, spacing: .milliseconds(4))
        try await measure("500 sent at once", connections: 500, rounds: 4)
    }

    private static func measure(
        _ name: String, connections: Int, rounds: Int, spacing: Duration = .zero
    ) async throws {
        let delay = spacing == .zero ? delay : spacing * connections
        let seen = try await withLab(serving: { _ in .ok() }) { lab in
            await lab.arm("bench", ResetDisruption(delay: delay))
            var waits: [Duration] = []
            var resets = 0
            let clock = ContinuousClock()
            for _ in 0..<rounds {
                let clients = (0..<connections).compactMap { _ in RawClient(port: lab.port) }
                var starts: [ContinuousClock.Instant] = []
                for client in clients {
                    starts.append(clock.now)
                    client.request()
                    if spacing > .zero { try await Task.sleep(for: spacing) }
                }
                for (client, start) in zip(clients, starts) {
                    if client.endsInReset() { resets += 1 }
                    waits.append(clock.now - start - delay)
                    client.end()
                }
            }
            let lateness = lab.log.record.events.compactMap { event in
                if case .resetSent(_, let record) = event.fact { record.lateness } else { nil }
            }
            return (waits, resets, lateness)
        }
        let (waits, resets, lateness) = seen
        print(
            "  \(name): \(resets) of \(connections * rounds) ended in ECONNRESET, "
                + "\(waits.count { $0 < .zero }) early")
        print("    in the proxy  \(Samples(lateness).summary)")
        print("    at the client \(Samples(waits).summary)")
    }
}
