import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Testing

@Suite struct ExactFigureTests {
    @Test func fiveHundredOfFiveHundredSelectedRequestsAreResetAndNoneEarly() async throws {
        let delay = Duration.milliseconds(100)
        let early = Tally<Duration>()
        let reset = Tally<Bool>()
        try await withBench(.http(), arming: ResetDisruption(delay: delay)) { proxy in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await onThread {
                            let clock = ContinuousClock()
                            for _ in 0..<10 {
                                let socket = try proxy.connect()
                                let start = clock.now
                                let outcome = socket.get()
                                if outcome == .ended(.reset) { reset.add(true) }
                                let elapsed = clock.now - start
                                if elapsed < delay { early.add(elapsed) }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(proxy.resets.allSatisfy { $0.lateness >= .zero })
            #expect(proxy.resets.count == 500)
        }
        #expect(reset.count == 500)
        #expect(early.entries == [])
    }

    /// Plays keep-alive clients that reconnect after each reset; each sends so many requests in all.
    static func play(
        clients: Int, requests: Int, on proxy: Proxy,
        target: @escaping @Sendable (Int, Int) -> String = { "/\($0)/\($1)" }
    ) async throws -> [[Bool]] {
        try await withThrowingTaskGroup(of: (Int, [Bool]).self) { group in
            for client in 0..<clients {
                group.addTask {
                    try await onThread {
                        var socket = try proxy.connect()
                        var pattern: [Bool] = []
                        for request in 0..<requests {
                            switch socket.get(target(client, request)) {
                            case .answered:
                                pattern.append(false)
                            case .ended(let ending):
                                guard ending == .reset else { throw UnexpectedEnding(ending: ending) }
                                pattern.append(true)
                                socket = try proxy.connect()
                            }
                        }
                        return (client, pattern)
                    }
                }
            }
            var patterns = [[Bool]](repeating: [], count: clients)
            for try await (client, pattern) in group { patterns[client] = pattern }
            return patterns
        }
    }

    struct UnexpectedEnding: Error { let ending: RawSocket.Read }

    @Test(arguments: [1, 2, 3, 42, 0xFFFF_FFFF_FFFF_FFFF] as [UInt64])
    func thirtyPercentOfSixHundredAreExactlyOneHundredAndEighty(seed: UInt64) async throws {
        try await withBench(.http(), arming: ResetDisruption(selection: .exactFraction(30)), seed: seed) { proxy in
            let patterns = try await Self.play(clients: 12, requests: 50, on: proxy)
            #expect(patterns.joined().count { $0 } == 180)
            #expect(proxy.resets.count == 180)
        }
    }

    @Test func aSequentialClientSeesThePatternOfItsSeed() async throws {
        var patterns: [[Bool]] = []
        for seed in [7, 7, 8] as [UInt64] {
            try await withBench(.http(), arming: ResetDisruption(selection: .exactFraction(30)), seed: seed) { proxy in
                patterns += try await Self.play(clients: 1, requests: 60, on: proxy)
            }
        }
        #expect(patterns[0] == patterns[1])
        #expect(patterns[0] != patterns[2])
    }

    @Test func keyedDrawsHitTheSameRequestsWhateverTheInterleaving() async throws {
        var sets: [Set<String>] = []
        for clients in [1, 4, 12] {
            try await withBench(.http(), arming: ResetDisruption(selection: .keyedDraw(30)), seed: 5) { proxy in
                // The same 240 requests, each target asked twice over, spread over more or fewer clients.
                let share = 240 / clients
                let patterns = try await Self.play(clients: clients, requests: share, on: proxy) { client, request in
                    "/item/\((client * share + request) % 120)"
                }
                #expect(patterns.joined().count { $0 } > 0)
                sets.append(
                    Set(
                        proxy.decisions.compactMap { $0.selected ? $0.key : nil }))
            }
        }
        #expect(sets[0].count > 40)
        #expect(sets[0] == sets[1])
        #expect(sets[0] == sets[2])
    }
}
