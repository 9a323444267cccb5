import FaultLabTestSupport
import FaultModel
import Foundation
import Testing

/// What the faults of `faultlab proxy` do, and what is written down about it.
@Suite struct ProxyFaultTests {
    private static let fault = "pod-http-reset-peer"

    /// Which of so many requests, each on a connection of its own, are reset.
    private func pattern(_ count: Int, port: Int) async throws -> [Bool] {
        try await onThread {
            try (1...count).map { try RawHTTPClient(port: port).ask("/\($0)") == .ended(.reset) }
        }
    }

    @Test func withoutAFaultItIsAPlainRelay() async throws {
        let server = RawServer.http(body: 200_000)
        try await Faultlab.withProxy(upstream: server) { proxy in
            let outcome = try await fetch("/", port: proxy.port)
            #expect(outcome.text?.utf8.count == 200_000)
            #expect(server.text() == "GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            let ending = try #require(try await proxy.interrupt())
            #expect(ending.output.contains("connections 1, requests 1, answered 1, reset 0\n"))
            #expect(!ending.output.contains("no fault had an effect"))
        }
    }

    @Test func aFaultWithoutEffectIsNamed() async throws {
        let server = RawServer.http()
        try await Faultlab.withProxy(upstream: server, ["--fault", Self.fault, "--set", "TOXICITY=0"]) { proxy in
            let outcome = try await fetch("/", port: proxy.port)
            #expect(outcome.text == "xx")
            let ending = try #require(try await proxy.interrupt())
            #expect(ending.output.contains("no fault had an effect\n"))
            #expect(ending.errors.contains("TOXICITY"))
        }
    }

    @Test func aSeedRepeatsThePattern() async throws {
        let server = RawServer.http()
        func pattern(seed: String) async throws -> [Bool] {
            let words = ["--fault", Self.fault, "--set", "TOXICITY=30", "--seed", seed]
            return try await Faultlab.withProxy(upstream: server, words) { proxy in
                let pattern = try await self.pattern(40, port: proxy.port)
                let ending = try #require(try await proxy.interrupt())
                #expect(ending.output.hasSuffix("seed \(seed)\n"))
                return pattern
            }
        }
        let first = try await pattern(seed: "42")
        #expect(first.count { $0 } == 12)
        #expect(try await pattern(seed: "42") == first)
        #expect(try await pattern(seed: "43") != first)
    }

    @Test func twoFaultsAreCountedApart() async throws {
        let server = RawServer.http()
        let words = ["--fault", Self.fault, "--set", "TOXICITY=20", "--fault", Self.fault, "--set", "TOXICITY=50"]
        try await Faultlab.withProxy(upstream: server, words) { proxy in
            let resets = try await pattern(50, port: proxy.port).count { $0 }
            let ending = try #require(try await proxy.interrupt())
            let lines = ending.output.split(separator: "\n")
            let counts = ["\(Self.fault): ", "\(Self.fault)-2: "].map { start -> Int in
                let line = lines.first { $0.hasPrefix(start) } ?? ""
                return line.split(separator: "reset ").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? -1
            }
            #expect(counts[0] == 10)
            #expect(counts[1] == 20, "half of those that the first fault spared")
            #expect(counts[0] + counts[1] == resets)
            #expect(ending.output.contains("reset \(resets)\n"))
        }
    }

    @Test func theEventFileAgreesWithTheSummary() async throws {
        let server = RawServer.http()
        try await withTemporaryFolder { folder in
            let path = folder.path(of: "events.jsonl")
            let words = ["--fault", Self.fault, "--set", "TOXICITY=30", "--events", path, "--seed", "9"]
            try await Faultlab.withProxy(upstream: server, words) { proxy in
                let resets = try await pattern(20, port: proxy.port).count { $0 }
                let ending = try #require(try await proxy.interrupt())
                #expect(ending.code == 0)
                #expect(resets == 6)
                #expect(ending.output.contains("connections 20, requests 20, answered 14, reset 6\n"))
                let objects = try Self.events(folder.text(of: "events.jsonl"))
                #expect(objects.first?["seed"] as? String == "9")
                let events = objects.dropFirst().compactMap { $0["event"] as? String }
                #expect(events.count == objects.count - 1)
                #expect(events.first == "fault:armed")
                #expect(events.count { $0 == "reset:sent" } == resets)
                #expect(events.count { $0 == "connection:accepted" } == 20)
                #expect(events.count { $0 == "connection:closed" } == 20)
                #expect(events.count { $0 == "response:completed" } == 14)
                let ids = objects.dropFirst().compactMap { ($0["id"] as? NSNumber)?.intValue }
                #expect(ids == Array(1...events.count))
            }
        }
    }

    @Test func theFaultLastsAsLongAsItsTunableSays() async throws {
        let server = RawServer.http()
        try await withTemporaryFolder { folder in
            let words = [
                "--fault", Self.fault, "--set", "TOTAL_CHAOS_DURATION=1", "--events", folder.path(of: "events"),
            ]
            try await Faultlab.withProxy(upstream: server, words) { proxy in
                let isOver = try await eventually(every: .milliseconds(50)) {
                    try await pattern(1, port: proxy.port) == [false]
                }
                #expect(isOver)
                let ending = try await proxy.interrupt()
                #expect(ending?.code == 0)
            }
            let events = try Self.events(folder.text(of: "events"))
            let moments = ["fault:armed", "fault:lifted"].map { name in
                events.filter { $0["event"] as? String == name }.compactMap { ($0["t"] as? NSNumber)?.int64Value }
            }
            #expect(moments.map(\.count) == [1, 1])
            let length = (moments[1].first ?? 0) - (moments[0].first ?? 0)
            #expect(length >= 1_000_000_000)
        }
    }

    @Test(arguments: FaultCatalog.standard.documents.indices)
    func whatOnlyFindsTargetsNeedNotBeGiven(index: Int) async throws {
        let document = FaultCatalog.standard.documents[index]
        let words = ["--fault", document.id, "--edition", document.edition.name]
        let fault = try #require(document.parse([], for: .loopback).fault)
        let disruption = try fault.lowered(for: .loopback)
        let server = RawServer.http()
        guard case .reset(let reset) = disruption else {
            try await Faultlab.withProxy(upstream: server, words) { proxy in
                let client = try RawHTTPClient(port: proxy.port)
                #expect(try await onThread { client.ask("/") }.status == 200)
                let ending = try #require(try await proxy.interrupt())
                #expect(ending.code == 0)
                #expect(ending.errors.contains("shape what leaves to 1mbit, burst 32kb, queue 2mb"), "\(ending.errors)")
            }
            return
        }
        let soon = words + ["--set", "RESET_TIMEOUT=1"]
        try await Faultlab.withProxy(upstream: server, soon) { proxy in
            // An idle connection tells the triggers apart: only one of them needs no request.
            let isAboutConnections = reset.trigger == .connectionAccepted
            let isReset = try await onThread {
                let client = try RawHTTPClient(port: proxy.port)
                return isAboutConnections ? client.socket.read() == .reset : client.ask("/") == .ended(.reset)
            }
            #expect(isReset)
            let ending = try #require(try await proxy.interrupt())
            #expect(ending.code == 0)
            let moment =
                isAboutConnections ? "the connection was accepted" : "the request was received"
            #expect(ending.errors.contains("1 ms after \(moment); armed now"), "\(ending.errors)")
        }
    }

    @Test func aRateLimitIsSharedByAllConnections() async throws {
        let size = 200_000
        let words = ["--fault", "pod-network-rate-limit", "--set", "NETWORK_BANDWIDTH=8mbit", "--set", "BURST=2kb"]
        try await Faultlab.withProxy(upstream: RawServer.http(body: size), words) { proxy in
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let socket = try RawSocket(port: proxy.port)
                        socket.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
                        let count = try await onThread {
                            var count = 0
                            while count < size, case .bytes(let bytes) = socket.read() { count += bytes.count }
                            return count
                        }
                        #expect(count >= size)
                    }
                }
                try await group.waitForAll()
            }
            // 800,000 bytes at a million a second, less what the bucket held.
            #expect(ContinuousClock.now - start >= .milliseconds(797))
            #expect(try await proxy.interrupt()?.code == 0)
        }
    }

    @Test(arguments: [
        (["DESTINATION_HOSTS=no-such-host.invalid"], 3, "no-such-host.invalid"),
        (["DESTINATION_HOSTS=no-such-host.invalid", "RAMP_TIME=60"], 3, "no-such-host.invalid"),
        (["PEAK_RATE=2mbit"], 2, "MIN_BURST"),
    ])
    func aRateLimitThatCannotBeAppliedIsRefused(settings: [String], code: Int32, what: String) async throws {
        let words = [
            "proxy", "--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:1", "--fault", "pod-network-rate-limit",
        ]
        let ending = try await run(try Faultlab.path, words + settings.flatMap { ["--set", $0] })
        #expect(ending.code == code)
        #expect(ending.output == "", "nothing listens")
        let errors = ending.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        #expect(errors.count == 1 && errors[0].contains(what), "\(ending.errors)")
    }

    @Test func theFaultWaitsForItsRamp() async throws {
        let server = RawServer.http()
        let clock = ContinuousClock()
        let start = clock.now
        try await Faultlab.withProxy(upstream: server, ["--fault", Self.fault, "--set", "RAMP_TIME=1"]) { proxy in
            let isArmed = try await eventually(every: .milliseconds(50)) {
                try await pattern(1, port: proxy.port) == [true]
            }
            #expect(isArmed)
            #expect(clock.now - start >= .seconds(1))
        }
    }

    /// The objects of a JSON Lines file, each line of which has to be one.
    private static func events(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    /// Asks again until the answer is yes, for ten seconds at most.
    private func eventually(every pause: Duration, _ isSo: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<200 {
            if try await isSo() { return true }
            try await Task.sleep(for: pause)
        }
        return false
    }
}
