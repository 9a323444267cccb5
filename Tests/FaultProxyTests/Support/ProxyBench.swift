import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import SocketIO
import Testing

/// A proxy in front of a server of the test, with its log.
func withBench<Result>(
    _ server: RawServer, arming disruption: ResetDisruption? = nil, seed: UInt64 = 1, threads: Int = 1,
    dialTimeout: Duration = .seconds(10), holdCapacity: Int = 64 * 1024, recognition: Recognition = .http1,
    _ body: (Proxy) async throws -> Result
) async throws -> Result {
    let clock = MonotonicClock()
    let log = EventLog { clock.now }
    return try await Turnstile.sockets.pass {
        try await Proxy.withProxy(
            Proxy.Configuration(
                upstream: .loopback(port: server.port), seed: seed, threads: threads, dialTimeout: dialTimeout,
                holdCapacity: holdCapacity, recognition: recognition),
            arming: disruption.map { [ProxyFault("reset", .reset($0))] } ?? [], log: log, clock: clock, body)
    }
}

/// A proxy that shapes what a server of the test sends, with its log.
func withShapedBench<Result>(
    _ server: RawServer, _ shape: ShapeDisruption, also others: [ProxyFault] = [], holdCapacity: Int = 64 * 1024,
    _ body: (Proxy) async throws -> Result
) async throws -> Result {
    let clock = MonotonicClock()
    let log = EventLog { clock.now }
    return try await Turnstile.sockets.pass {
        try await Proxy.withProxy(
            Proxy.Configuration(upstream: .loopback(port: server.port), holdCapacity: holdCapacity),
            arming: [ProxyFault("shape", .shape(shape))] + others, log: log, clock: clock, body)
    }
}

extension Proxy {
    /// What links did, in the order of their ends.
    var links: [ShapeRecord] {
        facts.compactMap { if case .linkEnded(_, let record) = $0 { record } else { nil } }
    }

    /// Connects a raw client.
    func connect(timeout: Double = 30, receiveBuffer: Int32? = nil) throws -> RawSocket {
        try RawSocket(port: address.port, timeout: timeout, receiveBuffer: receiveBuffer)
    }

    /// Sends one request on a connection of its own.
    func fetch(_ target: String = "/", body: Int = 2) async throws -> RawSocket.Outcome {
        try await connect().fetch(target, body: body)
    }

    /// What is in the log.
    var facts: [Fact] { log.record.events.map(\.fact) }

    var decisions: [Decision] {
        facts.compactMap { if case .decided(_, let decision) = $0 { decision } else { nil } }
    }

    var cancellations: [ResetCancellation] {
        facts.compactMap { if case .resetCancelled(_, _, let reason) = $0 { reason } else { nil } }
    }

    var upstreamFailures: [String] {
        facts.compactMap { if case .upstreamFailed(_, let reason) = $0 { reason } else { nil } }
    }

    var ends: [ConnectionEnd] {
        facts.compactMap { if case .connectionClosed(_, let end) = $0 { end } else { nil } }
    }

    var resets: [ResetRecord] {
        facts.compactMap { if case .resetSent(_, let record) = $0 { record } else { nil } }
    }
}

/// Reads several streams to their ends, each on a thread of its own.
///
/// - Returns: When the first and when the last of them had everything.
func readSideBySide(
    _ sockets: [RawSocket], expecting body: [UInt8], since start: ContinuousClock.Instant
) async throws -> (first: Duration, last: Duration) {
    let times = try await withThrowingTaskGroup(of: Duration.self) { group in
        for socket in sockets {
            group.addTask {
                let (bytes, time) = try await onThread { (socket.readAll().bytes, ContinuousClock.now - start) }
                #expect(bytes == body)
                return time
            }
        }
        return try await group.reduce(into: []) { $0.append($1) }
    }
    return (try #require(times.min()), try #require(times.max()))
}

extension RawSocket {
    enum Outcome: Equatable {
        case answered
        case ended(Read)
    }

    /// Sends a request and reads the answer, off the pool.
    func fetch(_ target: String = "/", body: Int = 2) async throws -> Outcome {
        try await onThread { self.get(target, body: body) }
    }

    /// Sends a request and reads the answer of `RawServer.http`.
    func get(_ target: String = "/", body: Int = 2) -> Outcome {
        if let refusal = send("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n") { return .ended(refusal) }
        return readAnswer(body: body)
    }

    func readAnswer(body: Int = 2) -> Outcome {
        let length = "HTTP/1.1 200 OK\r\nContent-Length: \(body)\r\n\r\n".utf8.count + body
        var count = 0
        while count < length {
            switch read(length - count) {
            case .bytes(let bytes): count += bytes.count
            case let ending: return .ended(ending)
            }
        }
        return .answered
    }
}
