import Evidence
public import FaultModel
import FaultProxy
import SocketIO

/// Runs a lab in front of an upstream for the length of a closure.
///
/// The faults are armed before anybody can connect. On success, failure, throw and cancellation alike everything the lab
/// opened is closed before this function returns; connections that clients had left open are named in the log.
///
/// - Parameters:
///   - upstream: Where connections are passed on to: `HOST:PORT`, as in `127.0.0.1:8080`.
///   - faults: The documented faults that are armed from the start, each under its document's id; a second use of one
///     document is named `…-2`.
///   - seed: The seed of every choice. It is fixed by default, so that a test does the same each time; give a random one
///     to explore, and the report prints it.
///   - body: The test; it gets the lab.
/// - Returns: What the closure returns.
/// - Throws: `AddressError` for an upstream, or a host in a fault, that does not exist, `InvalidFault` with everything
///   that is wrong with a fault, `SystemError` when the system has no port or descriptor left, or what the
///   closure throws.
public func withLab<Result>(
    upstream: String, faults: [any Fault] = [], seed: UInt64 = 1, _ body: (Lab) async throws -> Result
) async throws -> Result {
    let armed = try ProxyFault.lower(faults)
    let lookUp: @Sendable () throws -> TCPAddress = {
        let address = try TCPAddress(parsing: upstream)
        // The system takes port 0 and refuses every connection to it, which would look like an upstream that is down.
        guard address.port != 0 else { throw AddressError(text: upstream, reason: "port 0 is no port to connect to") }
        return address
    }
    return try await runLab(upstream: lookUp, arming: armed, seed: seed, body)
}

/// Runs a lab in front of an upstream of its own for the length of a closure.
///
/// - Parameters:
///   - handler: Says what the upstream answers; it runs on a thread of the lab and must not block.
///   - faults: The documented faults that are armed from the start.
///   - seed: The seed of every choice, fixed by default.
///   - body: The test; it gets the lab.
/// - Returns: What the closure returns.
/// - Throws: As ``withLab(upstream:faults:seed:_:)``.
public func withLab<Result>(
    serving handler: @escaping HTTPStub.Handler, faults: [any Fault] = [], seed: UInt64 = 1,
    _ body: (Lab) async throws -> Result
) async throws -> Result {
    let armed = try ProxyFault.lower(faults)
    return try await withHTTPStub(handler) { stub in
        let address = stub.address
        return try await runLab(upstream: { address }, arming: armed, seed: seed, body)
    }
}

private func runLab<Result>(
    upstream: @escaping @Sendable () throws -> TCPAddress, arming faults: [ProxyFault], seed: UInt64,
    _ body: (Lab) async throws -> Result
) async throws -> Result {
    let clock = MonotonicClock()
    let log = EventLog { clock.now }
    defer { log.finish() }
    let loop = try EventLoop(clock: clock)
    do {
        // Looking a name up blocks, which a thread of the lab may do and one of the test's pool may not.
        let upstream = try await loop.run { _ in try upstream() }
        let result = try await Proxy.withProxy(
            Proxy.Configuration(upstream: upstream, seed: seed), arming: faults, log: log, clock: clock
        ) { proxy in
            try await body(Lab(proxy: proxy, seed: seed, prober: HTTPProber(loop: loop)))
        }
        await loop.end()
        return result
    } catch {
        await loop.end()
        throw error
    }
}
