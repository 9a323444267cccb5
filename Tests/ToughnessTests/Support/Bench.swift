#if os(Linux)
import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Glibc
import SocketIO

/// A proxy in front of a server of the test; its log lets events go, as that of a long run does.
func withProxy<Result>(
    before server: some PortHolder, arming disruption: ResetDisruption? = nil, capacity: Int? = 1024,
    _ body: (Proxy) async throws -> Result
) async throws -> Result {
    defer { withExtendedLifetime(server) {} }
    let clock = MonotonicClock()
    let log = EventLog(capacity: capacity) { clock.now }
    return try await Turnstile.sockets.pass {
        try await Proxy.withProxy(
            .init(upstream: .loopback(port: server.port)),
            arming: disruption.map { [ProxyFault("reset", .reset($0))] } ?? [], log: log, clock: clock, body)
    }
}

/// What an armed fault looks at and never picks.
let sparing = ResetDisruption(selection: .exactFraction(0))

extension Proxy {
    /// Waits until no connection is left.
    func hasNoConnections() async throws -> Bool {
        for _ in 0..<2000 {
            if await connectionCount == 0 { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}

extension RawSocket {
    /// Sends a request, and tells whether the answer of `RawServer.http` came.
    func get(_ target: String = "/") -> Bool {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx"
        guard send("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n") == nil else { return false }
        return takes(Array(answer.utf8))
    }

    /// Reads so many bytes, and tells whether they are these.
    func takes(_ expected: [UInt8]) -> Bool {
        var count = 0
        while count < expected.count {
            guard case .bytes(let bytes) = read(expected.count - count), expected.holds(bytes, at: count) else {
                return false
            }
            count += bytes.count
        }
        return true
    }

    /// Reads so many bytes and forgets them.
    ///
    /// - Returns: How many came.
    func skip(_ count: Int) -> Int {
        var left = count
        while left > 0, case .bytes(let bytes) = read(min(left, 65_536)) { left -= bytes.count }
        return count - left
    }
}

extension [UInt8] {
    /// Whether bytes stand at a position; unoptimized, comparing them one by one takes longer than sending them.
    func holds(_ bytes: [UInt8], at position: Int) -> Bool {
        guard position + bytes.count <= count else { return false }
        return withUnsafeBytes { own in
            bytes.withUnsafeBytes { other in
                guard let start = own.baseAddress, let other = other.baseAddress else { return bytes.isEmpty }
                return memcmp(start + position, other, bytes.count) == 0
            }
        }
    }
}

/// The most memory that the process took beyond what it had, for the length of a closure.
///
/// For processes of their own: what other tests hold would count too.
func memoryTaken(_ body: () async throws -> Void) async throws -> Int {
    let before = try ProcessFigures.read().memory
    try ProcessFigures.forgetPeak()
    try await body()
    return try ProcessFigures.peakMemory - before
}

let mebibyte = 1 << 20
#endif
