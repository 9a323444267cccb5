import CLoad
import Evidence
import FaultModel
import FaultProxy
import SocketIO

/// A proxy of ours as a process of its own.
struct ProxyRole {
    let upstream: UInt16
    var handling: Handling
    var threads: Int
    var delay = Duration.zero
    /// The most events that the log keeps; `nil` keeps all.
    var logCapacity: Int? = 65_536
    /// Whether it says in the end how late each reset was, which takes a log that keeps all.
    var tellsLateness = false

    /// The words behind `bench serve`.
    var words: [String] {
        [
            "proxy", String(upstream), handling.rawValue, String(threads), String(delay.nanoseconds),
            logCapacity.map(String.init) ?? "all", tellsLateness ? "lateness" : "nothing",
        ]
    }

    init(upstream: UInt16, handling: Handling, threads: Int) {
        self.upstream = upstream
        self.handling = handling
        self.threads = threads
    }

    /// Reads what ``words`` wrote.
    init?(_ words: [String]) {
        guard words.count == 7, let upstream = UInt16(words[1]), let handling = Handling(rawValue: words[2]),
            let threads = Int(words[3]), let delay = Int64(words[4])
        else { return nil }
        self.init(upstream: upstream, handling: handling, threads: threads)
        self.delay = .nanoseconds(delay)
        logCapacity = Int(words[5])
        tellsLateness = words[6] == "lateness"
    }

    /// Runs the proxy for the length of a closure, which gets its port and its log.
    func serve<Result>(_ body: (UInt16, EventLog) async throws -> Result) async throws -> Result {
        let clock = MonotonicClock()
        let log = EventLog(capacity: logCapacity) { clock.now }
        let configuration = Proxy.Configuration(
            upstream: .loopback(port: Int(upstream)), threads: threads, recognition: handling == .relay ? .off : .http1)
        return try await Proxy.withProxy(configuration, arming: handling.faults(delay: delay), log: log, clock: clock) {
            try await body(UInt16($0.address.port), log)
        }
    }
}

extension Duration {
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
