import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import SocketIO
import Testing

@Suite struct ResetOnTheWireTests {
    @Test(arguments: [ResetTrigger.requestHead, .requestComplete, .firstResponseByte])
    func aSelectedRequestEndsInRST(trigger: ResetTrigger) async throws {
        let server = RawServer.http()
        try await withBench(server, arming: ResetDisruption(trigger: trigger)) { proxy in
            let outcome = try await onThread { [socket = try proxy.connect()] in socket.get("/a") }
            #expect(outcome == .ended(.reset))
            #expect(proxy.resets.count == 1)
            let ending = try await server.ending()
            #expect(ending == .end, "the upstream reads an end of stream")
            #expect(server.text().hasPrefix("GET /a HTTP/1.1\r\n"), "the request was forwarded at once")
        }
    }

    @Test func anUnselectedConnectionEndsInFIN() async throws {
        try await withBench(.http(), arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let ending = try await onThread { [socket = try proxy.connect()] in
                guard socket.get() == .answered else { return RawSocket.Read.timedOut }
                socket.finishSending()
                return socket.read()
            }
            #expect(ending == .end)
            #expect(proxy.resets.isEmpty)
        }
    }

    @Test func theResetWaitsForItsDelay() async throws {
        try await withBench(.http(), arming: ResetDisruption(delay: .milliseconds(150))) { proxy in
            let clock = ContinuousClock()
            let start = clock.now
            let outcome = try await proxy.fetch()
            #expect(outcome == .ended(.reset))
            #expect(clock.now - start >= .milliseconds(150))
            let reset = try #require(proxy.resets.first)
            #expect(reset.lateness >= .zero)
        }
    }

    @Test func anIdleConnectionIsResetByTheConnectTrigger() async throws {
        try await withBench(
            .http(), arming: ResetDisruption(trigger: .connectionAccepted, delay: .milliseconds(50))
        ) { proxy in
            let ending = try await onThread { [socket = try proxy.connect()] in socket.read() }
            #expect(ending == .reset)
        }
    }

    @Test func anIdleConnectionIsLeftAloneByTheRequestTrigger() async throws {
        try await withBench(.http(), arming: ResetDisruption()) { proxy in
            let ending = try await onThread { [socket = try proxy.connect(timeout: 0.3)] in socket.read() }
            #expect(ending == .timedOut)
        }
    }

    @Test func liftingCancelsAPendingResetAtOnce() async throws {
        try await withBench(.http(), arming: ResetDisruption(delay: .seconds(60))) { proxy in
            let socket = try proxy.connect()
            async let pending = socket.fetch()
            _ = try await eventually { proxy.decisions.isEmpty ? nil : true }
            await proxy.lift()
            let outcome = try await pending
            #expect(outcome == .answered)
            #expect(proxy.resets.isEmpty)
            #expect(proxy.cancellations == [.faultLifted])
            #expect(try await socket.fetch() == .answered, "the connection goes on")
        }
    }

    @Test func aFaultArmedOnALiveConnectionHitsItsNextRequest() async throws {
        try await withBench(.http()) { proxy in
            let socket = try proxy.connect()
            #expect(try await socket.fetch() == .answered)
            try await proxy.arm([ProxyFault("late", .reset(ResetDisruption()))])
            #expect(try await socket.fetch() == .ended(.reset))
        }
    }

    @Test func theUpstreamHearsSoonOfAResetThatArmingBrought() async throws {
        let server = RawServer.http()
        try await withBench(server) { proxy in
            let socket = try proxy.connect()
            #expect(try await socket.fetch() == .answered)
            let clock = ContinuousClock()
            let start = clock.now
            try await proxy.arm([ProxyFault("reset", .reset(ResetDisruption(trigger: .connectionAccepted)))])
            #expect(try await onThread { socket.read() } == .reset)
            #expect(try await server.ending() == .end)
            // Without a word of its own the upstream would hear of it ten seconds later.
            #expect(clock.now - start < .seconds(9))
        }
    }

    @Test(arguments: [1, 3])
    func whatIsArmedAtLastIsWhatIsDone(threads: Int) async throws {
        let fault = ProxyFault("reset", .reset(ResetDisruption(trigger: .requestHead)))
        try await withBench(.http(), threads: threads) { proxy in
            for _ in 0..<300 {
                try await withThrowingTaskGroup { group in
                    for change in 0..<8 {
                        group.addTask {
                            if change.isMultiple(of: 2) { try await proxy.arm([fault]) } else { await proxy.lift() }
                        }
                    }
                    try await group.waitForAll()
                }
                let outcome = try await proxy.fetch()
                #expect(outcome == (proxy.armedFaults.isEmpty ? .answered : .ended(.reset)))
            }
        }
    }

    @Test func aFaultThatLeavesOldConnectionsAloneDoes() async throws {
        try await withBench(.http()) { proxy in
            let socket = try proxy.connect()
            #expect(try await socket.fetch() == .answered)
            try await proxy.arm([ProxyFault("late", .reset(ResetDisruption(existingConnections: .excluded)))])
            #expect(try await socket.fetch() == .answered)
            #expect(try await proxy.fetch() == .ended(.reset))
        }
    }

    @Test func aChangedFaultAppliesToLiveConnections() async throws {
        try await withBench(.http(), arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let socket = try proxy.connect()
            #expect(try await socket.fetch() == .answered)
            try await proxy.arm([ProxyFault("reset", .reset(ResetDisruption()))])
            #expect(try await socket.fetch() == .ended(.reset))
        }
    }

    @Test(arguments: [1, 20, 500])
    func theAnswerIsCutAfterABytePrefix(prefix: Int) async throws {
        try await withBench(.http(body: 5000), arming: ResetDisruption(responsePrefix: prefix)) { proxy in
            let answer = try await onThread { [socket = try proxy.connect()] in
                socket.send("GET / HTTP/1.1\r\n\r\n")
                let all = socket.readAll()
                return (all.bytes.count, all.ending)
            }
            #expect(answer.0 == prefix)
            #expect(answer.1 == .reset)
        }
    }

    @Test func aClientThatReadsSlowlyGetsWhatItIsOwed() async throws {
        let server = RawServer.http(body: 4_000_000)
        let clock = MonotonicClock()
        let log = EventLog { clock.now }
        var configuration = Proxy.Configuration(upstream: .loopback(port: server.port))
        configuration.patience = .seconds(1)
        try await Proxy.withProxy(
            configuration, arming: [ProxyFault("reset", .reset(ResetDisruption(responsePrefix: 3_000_000)))], log: log,
            clock: clock
        ) { proxy in
            let answer = try await onThread { [socket = try proxy.connect(receiveBuffer: 65_536)] in
                socket.send("GET / HTTP/1.1\r\n\r\n")
                return socket.readAll(pausing: 0.015, chunk: 16_384)
            }
            #expect(answer.bytes.count == 3_000_000)
            #expect(answer.ending == .reset)
        }
    }

    @Test func theUpstreamIsNeverAskedWhenForwardingIsOff() async throws {
        let server = RawServer.http()
        try await withBench(
            server, arming: ResetDisruption(delay: .milliseconds(20), forwarding: .never, upstreamFate: .reset)
        ) { proxy in
            #expect(try await proxy.fetch() == .ended(.reset))
            let end = try await eventually { proxy.ends.first }
            #expect(end?.bytesToUpstream == 0)
            #expect(server.bytes().isEmpty)
        }
    }

    @Test func anUpstreamThatIsLetFinishDoes() async throws {
        let server = RawServer { server, number, socket in
            guard case .bytes(let bytes) = socket.read() else { return }
            server.note(bytes, on: number)
            Thread.sleep(forTimeInterval: 0.1)
            let refusal = socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            let ending = socket.read()
            server.note(refusal ?? ending, on: number)
        }
        try await withBench(server, arming: ResetDisruption(upstreamFate: .finish)) { proxy in
            #expect(try await proxy.fetch() == .ended(.reset))
            let ending = try await server.ending()
            #expect(ending == .end)
            let end = try await eventually {
                proxy.facts.compactMap { if case .connectionClosed(_, let end) = $0 { end } else { nil } }.first
            }
            #expect(end?.bytesFromUpstream == 40)
            #expect(end?.by == .fault)
        }
    }
}
