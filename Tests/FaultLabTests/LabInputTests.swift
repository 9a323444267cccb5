import FaultLab
import FaultLabTestSupport
import Testing

/// What is wrong with the input of a lab is said, all of it, before anything is opened.
@Suite struct LabInputTests {
    @Test(arguments: [
        "nonsense", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+80", ":80",
        "::1:80", "", "127.0.0.1:0",
    ])
    func anUpstreamThatIsNoneIsNamed(text: String) async throws {
        let error = await #expect(throws: AddressError.self) { try await withLab(upstream: text) { _ in } }
        #expect(error?.text == text)
        #expect(error?.reason.isEmpty == false)
    }

    @Test func whatATerminalWouldObeyIsEscaped() async throws {
        let error = await #expect(throws: AddressError.self) { try await withLab(upstream: "\u{9B}2J") { _ in } }
        #expect(error?.description == "\\u{9b}2J: write HOST:PORT, as in 127.0.0.1:8080")
    }

    @Test(arguments: ["http://127.0.0.1:8080", "https://localhost:8080/", "127.0.0.1:8080/health"])
    func aURLIsNoUpstream(text: String) async throws {
        let error = await #expect(throws: AddressError.self) { try await withLab(upstream: text) { _ in } }
        #expect(error?.reason == "write HOST:PORT without scheme and path, as in 127.0.0.1:8080")
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func anUpstreamByNameOrNumberIsReached(host: String) async throws {
        let server = RawServer.http(body: 5)
        try await withLab(before: server, host: host) { lab in
            let outcome = try await lab.fetch()
            #expect(outcome.text == "xxxxx", "\(outcome)")
            #expect(lab.url("/a?b=c") == "http://127.0.0.1:\(lab.port)/a?b=c")
        }
    }

    @Test func everythingThatIsWrongWithAFaultIsSaid() async throws {
        let server = RawServer.http()
        let hasRun = Tally<Bool>()
        let fault = PodHTTPResetPeer(
            resetTimeout: .seconds(-1), targetServicePort: 20000, totalChaosDuration: .zero, proxyPort: 20000)
        let error = await #expect(throws: InvalidFault.self) {
            try await withLab(before: server, faults: [fault]) { _ in hasRun.add(true) }
        }
        let keys = Set(try #require(error).diagnostics.filter { $0.severity == .error }.compactMap(\.key))
        #expect(keys.isSuperset(of: ["RESET_TIMEOUT", "TOTAL_CHAOS_DURATION", "PROXY_PORT"]))
        #expect(hasRun.count == 0)
    }

    @Test func everyInvalidFaultIsNamed() async throws {
        let error = await #expect(throws: InvalidFault.self) {
            try await withLab(
                serving: { _ in .ok() },
                faults: [
                    PodHTTPResetPeer(resetTimeout: .seconds(-1)), PodHTTPResetPeer(),
                    PodHTTPResetPeer(totalChaosDuration: .zero),
                ]
            ) { _ in }
        }
        let keys = Set(try #require(error).diagnostics.filter { $0.severity == .error }.compactMap(\.key))
        #expect(keys == ["RESET_TIMEOUT", "TOTAL_CHAOS_DURATION"])
    }

    @Test func theSameFaultTwiceIsArmedTwice() async throws {
        let faults = [
            PodHTTPResetPeer(choosing: .ordinals([1])), PodHTTPResetPeer(choosing: .ordinals([3])),
        ]
        try await withLab(serving: { _ in .ok() }, faults: faults) { lab in
            #expect(lab.proxy.armedFaults == ["pod-http-reset-peer", "pod-http-reset-peer-2"])
            let outcomes = [try await lab.fetch(), try await lab.fetch()]
            #expect(outcomes.map(\.status) == [nil, 200])
        }
    }

    @Test func aFaultThatIsArmedLaterIsJudgedToo() async throws {
        try await withLab(serving: { _ in .ok() }) { lab in
            await #expect(throws: InvalidFault.self) { try await lab.arm(PodHTTPResetPeer(resetTimeout: .seconds(-1))) }
            #expect(lab.proxy.armedFaults == [])
            try await lab.arm(PodHTTPResetPeer(), as: "mine")
            #expect(lab.proxy.armedFaults == ["mine"])
        }
    }

    @Test func anUpstreamThatRefusesIsAReset() async throws {
        let nobody = BoundSocket(listening: false)
        try await withLab(before: nobody) { lab in
            let outcome = try await lab.fetch()
            #expect(outcome == .ended(.reset))
            #expect(lab.log.tally.upstreamFailures == 1)
        }
    }
}
