import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import SocketIO
import Testing

@Suite struct HostilePeerTests {
    @Test func anUpstreamThatRefusesEndsInRSTAndASentence() async throws {
        let holder = BoundSocket(listening: false)
        let clock = MonotonicClock()
        let log = EventLog { clock.now }
        try await Proxy.withProxy(.init(upstream: .loopback(port: holder.port)), log: log, clock: clock) { proxy in
            let outcome = try await proxy.fetch()
            #expect(outcome == .ended(.reset))
            #expect(proxy.upstreamFailures.count == 1)
            #expect(proxy.upstreamFailures.first?.contains("connect to 127.0.0.1:\(holder.port)") == true)
            #expect(proxy.resets.isEmpty, "a refusal is no injected fault")
        }
    }

    @Test func aSelectedRequestIsResetOnTimeAlthoughTheUpstreamNeverAnswers() async throws {
        try await withBench(.silent(), arming: ResetDisruption(delay: .milliseconds(50))) { proxy in
            let outcome = try await proxy.fetch()
            #expect(outcome == .ended(.reset))
        }
    }

    @Test func aSilentUpstreamLeavesTheFirstByteTriggerWaiting() async throws {
        try await withBench(.silent(), arming: ResetDisruption(trigger: .firstResponseByte)) { proxy in
            let socket = try proxy.connect(timeout: 0.3)
            let outcome = try await socket.fetch()
            #expect(outcome == .ended(.timedOut))
            #expect(proxy.decisions.map(\.selected) == [true])
        }
    }

    @Test func oneBytePiecesAreFollowed() async throws {
        try await withBench(.http(body: 40, pieces: 1), arming: ResetDisruption(selection: .every(3))) { proxy in
            var outcomes: [RawSocket.Outcome] = []
            var socket = try proxy.connect()
            for _ in 0..<9 {
                let outcome = try await socket.fetch(body: 40)
                outcomes.append(outcome)
                if outcome != .answered { socket = try proxy.connect() }
            }
            #expect(outcomes.map { $0 == .answered } == [true, true, false, true, true, false, true, true, false])
        }
    }

    @Test func aRequestInOneBytePiecesIsOneRequest() async throws {
        let server = RawServer.http()
        try await withBench(server, arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let outcome = try await onThread {
                let socket = try proxy.connect()
                for byte in "POST /slow HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc".utf8 { socket.send([byte]) }
                return socket.readAnswer()
            }
            #expect(outcome == .answered)
            #expect(proxy.decisions.count == 1)
        }
    }

    @Test func anUpstreamThatResetsFirstIsHeardAsRST() async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            socket.lingerZero()
            Thread.sleep(forTimeInterval: 0.05)
        }
        try await withBench(server, arming: ResetDisruption(selection: .exactFraction(0))) { proxy in
            let (bytes, ending) = try await onThread {
                let socket = try proxy.connect()
                socket.send("GET / HTTP/1.1\r\n\r\n")
                return socket.readAll()
            }
            #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("half"), "what came before the reset arrives")
            #expect(ending == .reset)
            #expect(proxy.resets.isEmpty)
            #expect(proxy.ends.map(\.by) == [.upstream])
            #expect(proxy.ends.map(\.how) == [.reset])
        }
    }

    @Test func anUpstreamThatResetsFirstDoesNotBringASelectedResetForward() async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.lingerZero()
        }
        try await withBench(server, arming: ResetDisruption(delay: .milliseconds(120))) { proxy in
            let clock = ContinuousClock()
            let start = clock.now
            let outcome = try await proxy.fetch()
            #expect(outcome == .ended(.reset))
            #expect(clock.now - start >= .milliseconds(120))
            #expect(proxy.resets.count == 1)
        }
    }

    @Test func aClientThatResetsIsPassedOnAndCancels() async throws {
        let server = RawServer.silent()
        try await withBench(server, arming: ResetDisruption(delay: .seconds(60))) { proxy in
            try await onThread {
                let socket = try proxy.connect()
                socket.send("GET / HTTP/1.1\r\n\r\n")
                Thread.sleep(forTimeInterval: 0.05)
                socket.lingerZero()
            }
            let ending = try await server.ending()
            #expect(ending == .reset)
            #expect(proxy.cancellations == [.clientGone])
        }
    }

    @Test func anUpstreamThatDoesNotAcceptIsGivenUpAfterTheTimeout() async throws {
        // A listener with a full backlog leaves further connects without an answer.
        let holder = BoundSocket(listening: true)
        let filler = try RawSocket(port: holder.port)
        defer { withExtendedLifetime(filler) {} }
        let clock = MonotonicClock()
        let log = EventLog { clock.now }
        try await Proxy.withProxy(
            .init(upstream: .loopback(port: holder.port), dialTimeout: .milliseconds(200)), log: log, clock: clock
        ) { proxy in
            let outcome = try await proxy.fetch()
            #expect(outcome == .ended(.reset))
            #expect(proxy.upstreamFailures.first?.contains("no answer within") == true)
        }
    }

    @Test func anAnswerBeforeTheEndOfTheRequestArrivesAlthoughTheUpstreamTakesNoMore() async throws {
        let answer = Array("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno".utf8)
        // What it leaves unread makes its system answer with RST, behind the answer.
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read(1000) else { return }
            socket.send(answer)
        }
        try await withBench(server) { proxy in
            let answers = try await onThread {
                try (0..<200).map { _ in
                    let socket = try proxy.connect()
                    socket.send("POST / HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n")
                    for _ in 0..<30 where socket.send([UInt8](repeating: 0, count: 60_000)) != nil { break }
                    return socket.readAll().bytes
                }
            }
            #expect(answers.count { $0 != answer } == 0)
        }
    }

    /// The RST may come when the bytes have been read, or together with them.
    @Test(arguments: [RequestForwarding.immediately, .never], [0.05, 0])
    func aClientThatResetsWhileItsBytesWaitIsGone(forwarding: RequestForwarding, pause: Double) async throws {
        // A listener with a full backlog leaves the proxy without a place for the client's bytes.
        let holder = BoundSocket(listening: true)
        let filler = try RawSocket(port: holder.port)
        defer { withExtendedLifetime(filler) {} }
        let clock = MonotonicClock()
        let log = EventLog { clock.now }
        let fault = ResetDisruption(delay: .seconds(60), forwarding: forwarding)
        try await Proxy.withProxy(
            .init(upstream: .loopback(port: holder.port), dialTimeout: .seconds(60), holdCapacity: 1),
            arming: [ProxyFault("reset", .reset(fault))], log: log, clock: clock
        ) { proxy in
            try await onThread {
                let socket = try proxy.connect()
                socket.send("GET / HTTP/1.1\r\n\r\n")
                Thread.sleep(forTimeInterval: pause)
                socket.lingerZero()
            }
            let end = try await eventually { proxy.ends.first }
            #expect(end?.by == .client)
            // An RST that comes first destroys the request before anybody decides about it.
            #expect(proxy.cancellations == (proxy.decisions.isEmpty ? [] : [.clientGone]))
        }
    }

    @Test func anUpstreamThatIsLetFinishAndBreaksIsOver() async throws {
        let hasAnswered = Tally<Bool>()
        // More than the proxy takes while the answer is withheld; the rest is in the socket when the reset comes.
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n")
            socket.send([UInt8](repeating: 0, count: 600_000))
            socket.lingerZero()
            hasAnswered.add(true)
        }
        try await withBench(
            server, arming: ResetDisruption(delay: .milliseconds(500), upstreamFate: .finish)
        ) { proxy in
            #expect(try await proxy.fetch() == .ended(.reset))
            #expect(hasAnswered.count == 1, "the upstream broke before the client was reset")
            let end = try await eventually { proxy.ends.first }
            #expect(end?.by == .fault)
        }
    }

    @Test func randomBytesFromBothPeersDoNoHarm() async throws {
        let seed = UInt64.random(in: .min ... .max)
        let server = RawServer { _, number, socket in
            var generator = Noise(state: seed &+ UInt64(number))
            for _ in 0..<generator.below(20) {
                socket.send(generator.bytes(generator.below(3000)))
                if generator.below(4) == 0 { _ = socket.read(512) }
            }
            if generator.below(2) == 0 { socket.lingerZero() }
        }
        try await withBench(server, arming: ResetDisruption(delay: .milliseconds(1), selection: .exactFraction(50))) {
            proxy in
            try await onThread {
                for round in 0..<300 {
                    var generator = Noise(state: seed ^ UInt64(round) << 32)
                    let socket = try proxy.connect(timeout: 0.05)
                    for _ in 0..<generator.below(6) { socket.send(generator.bytes(generator.below(2000))) }
                    switch generator.below(3) {
                    case 0: socket.finishSending()
                    case 1: socket.lingerZero()
                    default: _ = socket.read()
                    }
                }
            }
            await proxy.lift()
            let outcome = try await onThread { () -> Bool in
                let socket = try proxy.connect(timeout: 2)
                socket.send("GET / HTTP/1.1\r\n\r\n")
                socket.finishSending()
                return socket.readAll().ending != .timedOut
            }
            #expect(outcome, "the proxy still serves; seed \(seed)")
        }
    }

    struct Noise {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 16
        }

        mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

        mutating func bytes(_ count: Int) -> [UInt8] {
            let pieces = [
                "GET / HTTP/1.1\r\n", "\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n",
                "HTTP/1.1 200 OK\r\n",
                "5\r\nhello\r\n0\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            ]
            var bytes: [UInt8] = []
            while bytes.count < count {
                if below(2) == 0 {
                    bytes += Array(pieces[below(pieces.count)].utf8)
                } else {
                    bytes += (0..<below(40)).map { _ in UInt8(truncatingIfNeeded: next()) }
                }
                if below(30) == 0 { break }
            }
            return bytes
        }
    }
}
