import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import SocketIO
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// When the upstream is dialed where a fault keeps requests from it.
@Suite struct DialingTests {
    private static let keeping = ResetDisruption(selection: .first(3), forwarding: .never)

    /// Counts connections and answers every request on them.
    private static func counting(_ connections: FaultLabTestSupport.Tally<Int>) -> RawServer {
        RawServer { _, number, socket in
            connections.add(number)
            while case .bytes = socket.read() { socket.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }
        }
    }

    @Test func aKeptRequestCostsTheUpstreamNoConnection() async throws {
        let connections = FaultLabTestSupport.Tally<Int>()
        try await withBench(Self.counting(connections), arming: Self.keeping) { proxy in
            for _ in 0..<3 {
                let outcome = try await proxy.fetch("/kept")
                #expect(outcome == .ended(.failed(ECONNRESET)))
            }
            #expect(connections.count == 0)
            let outcome = try await proxy.fetch("/spared")
            #expect(outcome == .answered)
            #expect(connections.count == 1)
            let ends = try await eventually { proxy.ends.count >= 3 ? proxy.ends : nil } ?? []
            #expect(ends.prefix(3).allSatisfy { $0.by == .fault && $0.how == .reset && $0.bytesToUpstream == 0 })
        }
    }

    @Test func aServerThatSpeaksFirstIsHeardAllTheSame() async throws {
        let server = RawServer { _, _, socket in
            socket.send("220 ready\r\n")
            _ = socket.read()
        }
        try await withBench(server, arming: Self.keeping) { proxy in
            let greeting = try await onThread { try proxy.connect().read() }
            #expect(greeting == .bytes(Array("220 ready\r\n".utf8)))
        }
    }

    @Test func whatWasKeptGoesOnWhenTheFaultIsLifted() async throws {
        let connections = FaultLabTestSupport.Tally<Int>()
        let slow = ResetDisruption(delay: .seconds(60), selection: .all, forwarding: .never)
        try await withBench(Self.counting(connections), arming: slow) { proxy in
            let socket = try proxy.connect()
            try await onThread { _ = socket.send("GET /held HTTP/1.1\r\nHost: test\r\n\r\n") }
            let decided = try await eventually { proxy.decisions.first }
            #expect(decided?.selected == true)
            #expect(connections.count == 0)
            await proxy.lift()
            let answer = try await onThread { socket.readAnswer() }
            #expect(answer == .answered)
            #expect(connections.count == 1)
        }
    }

    @Test func anUpstreamThatIsDownIsFoundOutLater() async throws {
        let server = BoundSocket(listening: false)
        let clock = MonotonicClock()
        let log = EventLog { clock.now }
        try await Proxy.withProxy(
            Proxy.Configuration(upstream: .loopback(port: server.port)),
            arming: [ProxyFault("keep", .reset(Self.keeping))], log: log, clock: clock
        ) { proxy in
            // Says nothing, so the proxy dials for it in a moment.
            let ending = try await onThread { try proxy.connect().read() }
            #expect(ending == .failed(ECONNRESET))
            #expect(proxy.upstreamFailures.count == 1)
        }
    }
}
