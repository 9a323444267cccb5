import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Testing

/// A shaped link together with resets, keep-alive, half-close and streams of both directions.
@Suite struct ShapedLinkMixedTests {
    /// What comes and goes while clients are served, in an order that a seed decides.
    private static func disturb(
        _ proxy: Proxy, seed: UInt64, with faults: [[ProxyFault]], until isOver: () -> Bool
    ) async throws {
        var random = SplitMix64(seed: seed)
        while !isOver() {
            guard let fault = faults.randomElement(using: &random)?.randomElement(using: &random) else { return }
            if Int.random(in: 0..<4, using: &random) > 0 {
                try await proxy.arm([fault])
            } else {
                await proxy.lift(Bool.random(using: &random) ? [fault.name] : nil)
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...8, using: &random)))
        }
        await proxy.lift()
    }

    private static let largestLimit: Int64 = 40_000

    private static func shapes(seed: UInt64) -> [ProxyFault] {
        var random = SplitMix64(seed: seed)
        return (0..<5).map { _ in
            ProxyFault(
                "shape",
                .shape(
                    ShapeDisruption(
                        rate: .megabits(Int64.random(in: 10...100, using: &random)),
                        burst: .bytes(Int64.random(in: 200...30_000, using: &random)),
                        limit: .bytes(Int64.random(in: 100...largestLimit, using: &random)))))
        }
    }

    /// Each request on a keep-alive connection is answered whole or reset, and none is left alone.
    @Test(arguments: [1, 2] as [UInt64], [true, false])
    func eachRequestIsAnsweredOrReset(seed: UInt64, isDisturbed: Bool) async throws {
        let size = 30_000
        let shapes = Self.shapes(seed: seed)
        let resets = [0, 10_000].map { prefix in
            ProxyFault(
                "reset",
                .reset(
                    ResetDisruption(delay: .milliseconds(3), selection: .every(5), responsePrefix: prefix)))
        }
        try await withBench(.http(body: size)) { proxy in
            try await proxy.arm([shapes[0], resets[Int(seed % 2)]])
            let turns = Tally<Int>()
            let bad = Tally<String>()
            let done = Tally<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        try await onThread {
                            while turns.takeTurn(of: 80, worker) {
                                let socket = try proxy.connect(receiveBuffer: worker.isMultiple(of: 3) ? 4096 : nil)
                                // Some of them ask for everything before they read anything.
                                let isPipelined = worker.isMultiple(of: 2)
                                if isPipelined {
                                    let requests = String(repeating: "GET / HTTP/1.1\r\nHost: test\r\n\r\n", count: 4)
                                    // In one go: a reset that came in between would be told to the writer, and the reader
                                    // would only hear of an end.
                                    if socket.send(requests) != nil { continue }
                                }
                                for number in 0..<4 {
                                    let outcome = isPipelined ? socket.readAnswer(body: size) : socket.get(body: size)
                                    if outcome == .ended(.reset) { break }
                                    if outcome != .answered, outcome != .ended(.failed(EPIPE)) {
                                        bad.add("worker \(worker), request \(number): \(outcome)")
                                        break
                                    }
                                }
                            }
                        }
                        done.add(worker)
                    }
                }
                // Whatever is armed or lifted looks at every connection, and would wake one that was forgotten.
                guard isDisturbed else { return try await group.waitForAll() }
                group.addTask {
                    try await Self.disturb(proxy, seed: seed, with: [shapes, resets]) { done.count == 8 }
                }
                try await group.waitForAll()
            }
            #expect(bad.entries == [], "seed \(seed)")
            #expect(proxy.links.allSatisfy { $0.mostHeld <= Self.largestLimit })
        }
    }

    /// A stream of both directions, which the client finishes first, comes back whole.
    @Test(arguments: [1, 2] as [UInt64], [true, false])
    func anEchoComesBackWhole(seed: UInt64, isDisturbed: Bool) async throws {
        let server = RawServer { _, _, socket in
            while case .bytes(let bytes) = socket.read() { socket.send(bytes) }
        }
        let text = TransparencyTests.pattern(400_000)
        let shapes = Self.shapes(seed: seed &+ 100)
        try await withBench(server) { proxy in
            try await proxy.arm([shapes[0]])
            let bad = Tally<String>()
            let done = Tally<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<6 {
                    group.addTask {
                        let socket = try proxy.connect(receiveBuffer: worker.isMultiple(of: 2) ? 4096 : nil)
                        async let reading = onThread { socket.readAll() }
                        try await onThread {
                            socket.send(text)
                            socket.finishSending()
                        }
                        let (bytes, ending) = try await reading
                        if bytes != text || ending != .end { bad.add("\(worker): \(bytes.count) bytes, \(ending)") }
                        done.add(worker)
                    }
                }
                guard isDisturbed else { return try await group.waitForAll() }
                group.addTask { try await Self.disturb(proxy, seed: seed, with: [shapes]) { done.count == 6 } }
                try await group.waitForAll()
            }
            #expect(bad.entries == [], "seed \(seed)")
        }
    }
}
