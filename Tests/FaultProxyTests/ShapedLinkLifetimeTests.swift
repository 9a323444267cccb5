import Evidence
import FaultModel
import SocketIO
import Testing
import TrafficShaping

@testable import FaultProxy

/// That nothing of a link is left behind.
@Suite struct ShapedLinkLifetimeTests {
    /// Pulses make a link each time, and most of them end while connections stand in their lines.
    @Test func aLinkThatEndsWithALineIsGivenBack() async throws {
        let clock = MonotonicClock()
        let loop = try EventLoop(clock: clock)
        let isGivenBack = try await loop.run { context in
            let log = EventLog { clock.now }
            let core = ProxyCore(
                Proxy.Configuration(upstream: .loopback()), listener: try TCPSocket.listen(on: .loopback()),
                faults: FaultTable(seed: 1, log: log), log: log)
            let connection = ProxyConnection(
                id: log.nextConnection(), address: nil, core: core, client: try TCPSocket.make(for: .loopback()),
                upstream: try TCPSocket.make(for: .loopback()), at: clock.now)
            weak var link: ShapedLink?
            do {
                let shape = ShapeDisruption(rate: .kilobits(8), burst: .bytes(100), limit: .bytes(100))
                let shaped = ShapedLink(
                    LinkRule(
                        id: 1, name: "shape", disruption: shape, configuration: try ShaperConfiguration(shape),
                        clients: try ClientFilter(lookingUp: .everything)), log: log, at: clock.now)
                link = shaped
                // Both at once: in the line, and without room for more.
                let seat = LinkSeat(connection, at: shaped, behind: 0)
                shaped.update(seat, sendable: 200, passed: 0, context)
                shaped.deny(seat, available: 100, received: 200, context)
                shaped.leave(seat, context)
                shaped.end(context)
            }
            return link == nil
        }
        await loop.end()
        #expect(isGivenBack)
    }
}
