import FaultModel
import ResetPeer
import Testing

/// Clients that ask on kept-alive connections and connect anew after each reset.
private struct Clients {
    var chooser: Chooser
    let rules: [ResetRule]
    var connections: [ResetPeerConnection]
    var asked: [Int]
    /// The requests that were hit, as client and place.
    var hits: Set<[Int]> = []
    var pattern: [Bool] = []

    init(_ number: Int, under selection: Selection, seed: UInt64) {
        chooser = Chooser(seed: seed)
        rules = [
            ResetRule(
                id: ResetRule.ID(1), name: "pod-http-reset-peer", disruption: ResetDisruption(selection: selection),
                armedAt: .zero)
        ]
        connections = (0..<number).map { _ in ResetPeerConnection(acceptedAt: .zero) }
        asked = Array(repeating: 0, count: number)
        for client in connections.indices { connect(client) }
    }

    private mutating func connect(_ client: Int) {
        connections[client] = ResetPeerConnection(acceptedAt: .zero)
        _ = connections[client].open(under: rules, at: .zero) { chooser.choose($1, under: $0) }
    }

    mutating func ask(_ client: Int) {
        asked[client] += 1
        var chooser = chooser
        let choose: ResetPeerConnection.Choosing = { chooser.choose($1, under: $0) }
        let request = Array(get("/\(client)/\(asked[client] % 10)").utf8)
        let directive = connections[client].received(
            request.span.bytes, from: .client, at: .zero, choosing: choose)
        pattern.append(directive.reset != nil)
        if let order = directive.reset {
            hits.insert([client, asked[client]])
            _ = connections[client].resetSent(order, at: .zero)
            connect(client)
        } else {
            let answer = Array(ok.utf8)
            _ = connections[client].received(answer.span.bytes, from: .upstream, at: .zero, choosing: choose)
        }
        self.chooser = chooser
    }

    /// Every client asks so many requests; whose turn it is, is drawn.
    mutating func askAll(_ requests: Int, interleaving seed: UInt64) {
        var random = TestRandom(seed: seed)
        var turns = asked.indices.flatMap { Array(repeating: $0, count: requests) }
        turns.shuffle(using: &random)
        for client in turns { ask(client) }
    }
}

@Suite("Thirty percent over kept-alive connections") struct FractionTests {
    @Test("12 connections with 50 requests each: exactly 180 resets, on every seed and interleaving")
    func exactly180() {
        for seed in 0..<UInt64(20) {
            var clients = Clients(12, under: .exactFraction(30), seed: seed)
            clients.askAll(50, interleaving: seed + 1000)
            #expect(clients.pattern.count == 600)
            #expect(clients.pattern.count { $0 } == 180, "seed \(seed)")
        }
    }

    @Test("a sequential client sees the same pattern for the same seed and another one for another seed")
    func sequential() {
        func pattern(seed: UInt64) -> [Bool] {
            var clients = Clients(1, under: .exactFraction(30), seed: seed)
            clients.askAll(100, interleaving: 1)
            return clients.pattern
        }
        #expect(pattern(seed: 5) == pattern(seed: 5))
        #expect(Set((0..<20).map { pattern(seed: $0) }).count == 20)
    }

    @Test("with keyed draws the same requests are hit whatever the interleaving", arguments: 0..<UInt64(5))
    func keyed(seed: UInt64) {
        var hits: Set<Set<[Int]>> = []
        for interleaving in 0..<UInt64(8) {
            var clients = Clients(12, under: .keyedDraw(30), seed: seed)
            clients.askAll(50, interleaving: interleaving)
            hits.insert(clients.hits)
        }
        #expect(hits.count == 1)
        // 600 draws: six standard deviations are 67.
        #expect((113...247).contains(hits.first?.count ?? 0))
    }
}
