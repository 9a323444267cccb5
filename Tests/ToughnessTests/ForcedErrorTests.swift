#if os(Linux)
import Evidence
import FaultLabTestSupport
import FaultProxy
import Foundation
import Glibc
import SocketIO
import Testing

/// Each system call of a proxy fails once, at each place where it is made, in each way in which it can.
///
/// One failure costs one client at most: nobody waits for ever, the same proxy serves the next client, and at its end
/// nothing is left. In processes of their own, because forced errors concern everything in a process.
@Suite struct ForcedErrorTests {
    @Test func everyCallThatAProxyMakesIsListed() async {
        await #expect(processExitsWith: .success) {
            let counter = CallFailure(behind: SystemCall.fcntl.precursor)
            _ = try await Self.run(with: counter, checkingDescriptors: false)
            let atStart = CallFailure()
            try await atStart.during { try await Self.start(threads: 2) }
            for call in SystemCall.allCases {
                let isMade = (counter.made[call] ?? 0) > 0
                let isMadeAtStart = (atStart.made[call] ?? 0) > 0
                switch call.failing {
                case .serving: #expect(isMade, "\(call)")
                case .starting: #expect(isMadeAtStart, "\(call)")
                case .always: #expect(isMade && isMadeAtStart, "\(call)")
                case .trap: #expect(isMade || isMadeAtStart, "\(call)")
                case .unused: #expect(!isMade && !isMadeAtStart, "\(call)")
                }
            }
        }
    }

    @Test(arguments: SystemCall.allCases.filter { !$0.numbersWhileServing.isEmpty })
    func aFailureWhileServingCostsOneClientAtMost(call: SystemCall) async {
        await #expect(processExitsWith: .success) { [raw = call.rawValue as UInt8] in
            let call = try #require(SystemCall(rawValue: raw))
            let count = try await Self.occurrences(of: call)
            try #require(count > 0, "the scenario never makes \(call)")
            for number in call.numbersWhileServing {
                for occurrence in Self.spread(over: count) { try await Self.fail(call, number, at: occurrence) }
            }
        }
    }

    @Test(arguments: SystemCall.allCases.filter { !$0.numbersAtStart.isEmpty })
    func aFailureAtTheStartIsThrownAndLeavesNothing(call: SystemCall) async {
        await #expect(processExitsWith: .success) { [raw = call.rawValue as UInt8] in
            let call = try #require(SystemCall(rawValue: raw))
            let counter = CallFailure()
            try await counter.during { try await Self.start(threads: 2) }
            let count = try #require(counter.made[call])
            // What the first of them takes, the runtime keeps for good.
            let before = try ProcessFigures.read()
            for number in call.numbersAtStart {
                for occurrence in 1...count {
                    let failure = CallFailure(call, with: number, at: occurrence)
                    await #expect(throws: SystemError.self, "\(call) \(occurrence)") {
                        try await failure.during { try await Self.start(threads: 2) }
                    }
                }
            }
            let isClean = try await eventually { () -> Bool? in
                guard let now = try? ProcessFigures.read() else { return nil }
                // Each failure would leave at least one; the runtime adds a thread when it likes.
                return now.descriptors <= before.descriptors && now.threads <= before.threads + 2 ? true : nil
            }
            #expect(isClean == true)
        }
    }

    /// Starts a proxy and ends it.
    private static func start(threads: Int) async throws {
        let clock = MonotonicClock()
        try await Proxy.withProxy(
            .init(upstream: .loopback(port: 1), threads: threads), log: EventLog { clock.now }, clock: clock
        ) { _ in
            // Only the start is meant.
            ForcedErrors.install(nil)
        }
    }

    // MARK: One run

    /// How often the scenario makes a call at least.
    private static func occurrences(of call: SystemCall) async throws -> Int {
        // What the first of them takes, the runtime keeps for good.
        _ = try await run(with: CallFailure(), checkingDescriptors: false)
        var least = Int.max
        for _ in 0..<2 {
            let counter = CallFailure(behind: call.precursor)
            let outcomes = try await run(with: counter)
            #expect(outcomes == Scenario.undisturbed)
            least = min(least, counter.made[call] ?? 0)
        }
        // It depends a little on who is faster.
        return least > 10 ? least * 9 / 10 : least
    }

    /// All of few occurrences, some of many.
    private static func spread(over count: Int) -> [Int] {
        let most = Thoroughness.isFull ? 40 : 4
        guard count > most else { return Array(1...count) }
        return (0..<most).map { 1 + $0 * (count - 1) / (most - 1) }
    }

    private static func fail(_ call: SystemCall, _ number: Int32, at occurrence: Int) async throws {
        let what: Comment = "\(call) \(occurrence): \(String(cString: strerror(number)))"
        for _ in 0..<5 {
            let failure = CallFailure(call, with: number, at: occurrence, behind: call.precursor)
            let outcomes = try await run(with: failure, what)
            let others = outcomes.filter { Scenario.undisturbed[$0.key] != $0.value }
            #expect(!others.values.contains(.wrong), "\(what): \(others)")
            #expect(!others.values.contains(.hung), "\(what): \(others)")
            // The requests of a kept-alive connection share its end.
            let hit = Set(others.keys.map { $0.hasPrefix("keep-alive") ? "keep-alive" : $0 })
            #expect(hit.count <= 1, "\(what): \(others)")
            if failure.hasHit { return }
        }
        Issue.record("never made: \(what)")
    }

    /// What is open, but for timers: the runtime opens one when a task sleeps, and a loop that is left has more than that.
    private static func openFiles() throws -> [String] {
        try ProcessFigures.openFiles().filter { $0 != "anon_inode:[timerfd]" }
    }

    /// Runs the scenario and looks whether anything is left.
    private static func run(
        with failure: CallFailure, _ what: Comment = "undisturbed", checkingDescriptors: Bool = true
    ) async throws -> [String: Scenario.Outcome] {
        let server = Scenario.makeServer()
        let before = try openFiles()
        let clock = MonotonicClock()
        let log = EventLog { clock.now }
        var configuration = Proxy.Configuration(
            upstream: .loopback(port: server.port), dialTimeout: .seconds(2), holdCapacity: 16 * 1024)
        configuration.patience = .seconds(2)
        let outcomes = try await Proxy.withProxy(configuration, log: log, clock: clock) { proxy in
            let scenario = Scenario(proxy: proxy, server: server)
            let outcomes = try await failure.during { try await scenario.run() }
            // The same proxy serves whoever comes next.
            let next = try await scenario.fetch()
            #expect(next == .whole, what)
            // Every client has left; nothing is kept until the proxy ends.
            let isQuiet = try await proxy.hasNoConnections()
            #expect(isQuiet, what)
            return outcomes
        }
        #expect(log.tally.openConnections == 0, what)
        guard checkingDescriptors else { return outcomes }
        let isClean = try await eventually { (try? openFiles())?.count ?? .max <= before.count ? true : nil }
        let left = try openFiles()
        #expect(isClean == true, "a descriptor is left: \(what): \(left)")
        return outcomes
    }
}
#endif
