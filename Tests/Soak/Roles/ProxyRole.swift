#if os(Linux)
import Evidence
import FaultModel
import FaultProxy
import Foundation
import Glibc
import SocketIO

/// The process that has the proxy and nothing else, so that what it holds is the proxy's.
///
/// It prints `listening PORT`, then each second the counts of requests, resets, cancelled resets and open connections, and
/// when the proxy is closed `ended`, with the descriptors and threads that are left and the connections that the log has open.
struct ProxyRole {
    let upstream: Int
    /// The time in which faults come and go; 0 arms none, and serves until the parent is gone.
    let seconds: Int

    func run() async throws {
        let clock = MonotonicClock()
        // It lets events go, as the log of any long run does.
        let log = EventLog(capacity: 8192) { clock.now }
        let parent = getppid()
        try await Proxy.withProxy(.init(upstream: .loopback(port: upstream)), log: log, clock: clock) { proxy in
            say("listening \(proxy.address.port)")
            guard seconds > 0 else {
                while getppid() == parent { try await Task.sleep(for: .seconds(1)) }
                return
            }
            try await withThrowingTaskGroup { group in
                group.addTask { try await changeFaults(of: proxy) }
                group.addTask { try await report(on: proxy, parent) }
                try await group.waitForAll()
            }
        }
        // Threads of a loop are gone a moment after they said so.
        try await Task.sleep(for: .milliseconds(200))
        let holdings = try Holdings()
        say("ended \(holdings.descriptors) \(holdings.threads) \(log.tally.openConnections)")
    }

    /// Prints a line each second until the clients have left.
    private func report(on proxy: Proxy, _ parent: pid_t) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        var quietSeconds = 0
        // They end their last visits a little later than the faults; between visits there may be nobody for a moment.
        while getppid() == parent, quietSeconds < 3 {
            try await Task.sleep(for: .seconds(1))
            let tally = proxy.log.tally
            let open = await proxy.connectionCount
            say("\(tally.requests) \(tally.resets) \(tally.cancelledResets) \(open)")
            quietSeconds = open == 0 && ContinuousClock.now > end ? quietSeconds + 1 : 0
        }
    }

    /// Arms, lifts or replaces a fault every 50 ms.
    private func changeFaults(of proxy: Proxy) async throws {
        var generator = SplitMix64(seed: UInt64(upstream))
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        while clock.now < end {
            switch UInt64.random(in: 0..<10, using: &generator) {
            case 0...5: await proxy.arm("reset", Self.reset(&generator))
            case 6: await proxy.arm("other", Self.reset(&generator))
            case 7:
                let rate = Int64.random(in: 40...800, using: &generator)
                let link = ShapeDisruption(rate: .megabits(rate), burst: .kibibytes(64), limit: .mebibytes(1))
                try await proxy.arm([ProxyFault("link", .shape(link))])
            case 8: await proxy.lift(["reset", "link"])
            default: await proxy.lift()
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        await proxy.lift()
    }

    /// Some reset; most requests are spared, or little would ever be finished.
    private static func reset(_ generator: inout SplitMix64) -> ResetDisruption {
        let triggers: [ResetTrigger] = [.requestComplete, .requestHead, .firstResponseByte, .connectionAccepted]
        let fates: [UpstreamFate] = [.close, .reset, .finish]
        let selections: [Selection] = [.exactFraction(10), .independentDraw(20), .every(7), .first(3), .keyedDraw(5)]
        let delay = Int.random(in: 0...80, using: &generator)
        return ResetDisruption(
            trigger: triggers.randomElement(using: &generator) ?? .requestComplete, delay: .milliseconds(delay),
            unit: Bool.random(using: &generator) ? .request : .connection,
            selection: selections.randomElement(using: &generator) ?? .all,
            forwarding: Int.random(in: 0..<4, using: &generator) == 0 ? .never : .immediately,
            responsePrefix: Int.random(in: 0..<3, using: &generator) == 0 ? 500 : 0,
            upstreamFate: fates.randomElement(using: &generator) ?? .close,
            existingConnections: Bool.random(using: &generator) ? .included : .excluded)
    }
}
#endif
