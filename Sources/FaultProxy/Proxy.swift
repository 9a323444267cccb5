public import Evidence
public import FaultModel
import ResetPeer
public import SocketIO

/// A TCP proxy in front of one upstream that does what its faults say, resets or a rate limit, and leaves the rest alone.
///
/// It exists within ``withProxy(_:arming:log:clock:_:)``; outside there is none, and none of its connections.
public final class Proxy: Sendable {
    /// The address that clients connect to.
    public let address: TCPAddress
    /// The address that connections are passed on to.
    public let upstream: TCPAddress
    /// The log that the proxy writes to.
    public let log: EventLog

    private let clock: MonotonicClock
    private let faults: FaultTable
    private let loops: [EventLoop]
    private let cores: [LoopBound<ProxyCore>]

    /// How a proxy is set up.
    public struct Configuration: Sendable {
        /// The address to listen on; port 0 asks the system for a free one.
        public var listen: TCPAddress
        /// The address to pass connections on to.
        public var upstream: TCPAddress
        /// The seed of every choice.
        public var seed: UInt64
        /// Threads that serve connections, at least 1; where the system cannot share a port among them, 1 is used.
        ///
        /// A proxy that is to shape a link has one: all connections share one bucket.
        public var threads: Int
        /// The time that the upstream has to accept a connection.
        public var dialTimeout: Duration
        /// Bytes per direction and connection that are held back before reading pauses, at least 1; the last read may
        /// add up to 64 KiB, and where nobody has to read the bytes the system may hold 256 KiB more.
        public var holdCapacity: Int
        /// What of the bytes is read.
        public var recognition: Recognition
        /// How long the end of a connection waits for a peer that takes none of its bytes.
        package var patience: Duration = .seconds(10)

        /// Describes a proxy.
        ///
        /// - Parameters:
        ///   - listen: The address to listen on; port 0 asks the system for a free one.
        ///   - upstream: The address to pass connections on to.
        ///   - seed: The seed of every choice.
        ///   - threads: Threads that serve connections, at least 1.
        ///   - dialTimeout: The time that the upstream has to accept a connection.
        ///   - holdCapacity: Bytes per direction and connection that are held back before reading pauses, at least 1.
        ///   - recognition: What of the bytes is read.
        public init(
            listen: TCPAddress = .loopback(), upstream: TCPAddress, seed: UInt64 = 1, threads: Int = 1,
            dialTimeout: Duration = .seconds(10), holdCapacity: Int = 64 * 1024,
            recognition: Recognition = .http1
        ) {
            self.listen = listen
            self.upstream = upstream
            self.seed = seed
            self.threads = max(1, threads)
            self.dialTimeout = dialTimeout
            self.holdCapacity = max(1, holdCapacity)
            self.recognition = recognition
        }
    }

    /// Runs a proxy for the length of a closure.
    ///
    /// The faults are armed before anybody can connect. When the closure ends, returns, throws or is cancelled, pending
    /// resets are cancelled and every connection is closed before this function returns.
    ///
    /// - Parameters:
    ///   - configuration: How the proxy is set up.
    ///   - faults: The faults that are armed from the start.
    ///   - log: The log that the proxy writes to; its clock should be `clock`.
    ///   - clock: The clock that moments in the log are read from.
    ///   - body: The work; it gets the proxy.
    /// - Returns: What the closure returns.
    /// - Throws: `SystemError` when the address cannot be listened on, `AddressError` for a host in a fault that does not
    ///   exist, or what the closure throws.
    /// - Precondition: A proxy with a fault that shapes a link has one thread.
    public static func withProxy<Result>(
        _ configuration: Configuration, arming faults: [ProxyFault] = [], log: EventLog, clock: MonotonicClock,
        _ body: (Proxy) async throws -> Result
    ) async throws -> Result {
        let initial = try await ResolvedFault.resolve(faults, clock: clock)
        let proxy = try await Proxy(configuration, arming: initial, log: log, clock: clock)
        do {
            try await proxy.start()
            let result = try await body(proxy)
            await proxy.end()
            return result
        } catch {
            await proxy.end()
            throw error
        }
    }

    private init(
        _ configuration: Configuration, arming initial: [ResolvedFault], log: EventLog, clock: MonotonicClock
    ) async throws(SystemError) {
        #if os(Linux) || os(Android)
        let threads = configuration.threads
        #else
        // Elsewhere a shared port does not spread connections over its listeners.
        let threads = 1
        #endif
        Self.requireOneThread(of: threads, for: initial)
        self.log = log
        self.clock = clock
        upstream = configuration.upstream
        faults = FaultTable(seed: configuration.seed, log: log)
        _ = faults.arm(initial)
        var loops: [EventLoop] = []
        var cores: [LoopBound<ProxyCore>] = []
        var address = configuration.listen
        if threads > 1, address.port != 0 {
            // A socket that shares its port would quietly share it with another process's, too.
            _ = try TCPSocket.listen(on: address)
        }
        do throws(SystemError) {
            for thread in 0..<threads {
                let listener = try TCPSocket.listen(on: address, sharesPort: threads > 1)
                if thread == 0 { address = try TCPSocket.localAddress(listener) }
                loops.append(try EventLoop(clock: clock))
                cores.append(LoopBound(ProxyCore(configuration, listener: listener, faults: faults, log: log)))
            }
        } catch {
            // A thread holds its loop until it is told to end.
            for loop in loops { await loop.end() }
            throw error
        }
        self.address = address
        self.loops = loops
        self.cores = cores
    }

    private func start() async throws {
        for (loop, core) in zip(loops, cores) {
            try await loop.run { context in try core.value(on: context).start(context) }
        }
    }

    private func end() async {
        for (loop, core) in zip(loops, cores) {
            _ = try? await loop.run { context in core.value(on: context).end(context) }
            await loop.end()
        }
    }

    // MARK: Faults

    /// Arms faults, also for connections that are open already as far as the faults say so.
    ///
    /// A fault with the name of an armed one replaces it; one that is the same in everything changes nothing, and
    /// nothing is decided anew.
    ///
    /// - Parameter faults: The faults.
    /// - Throws: `AddressError` for a host that a fault names and that does not exist, or `SystemError` when the system has
    ///   no thread left to look it up; nothing is armed then.
    /// - Precondition: A proxy with several threads is given no fault that shapes a link.
    public func arm(_ faults: [ProxyFault]) async throws {
        try await arm(faults, continuing: false)
    }

    /// Arms a reset, for which nothing has to be looked up.
    ///
    /// - Parameters:
    ///   - name: The name by which it is reported and lifted.
    ///   - disruption: What it does.
    package func arm(_ name: FaultName, _ disruption: ResetDisruption) async {
        if faults.arm([ResolvedFault(name, disruption)]) { await tellLoops() }
    }

    /// Arms faults that come and go: one that was lifted and is the same goes on choosing where it was.
    ///
    /// - Parameter faults: The faults.
    /// - Throws: As ``arm(_:)``.
    package func rearm(_ faults: [ProxyFault]) async throws {
        try await arm(faults, continuing: true)
    }

    /// Checks that faults can be armed, as far as that can be known before.
    ///
    /// - Parameter faults: The faults.
    /// - Throws: As ``arm(_:)``.
    package func preflight(_ faults: [ProxyFault]) async throws {
        _ = try await ResolvedFault.resolve(faults, clock: clock)
    }

    private func arm(_ faults: [ProxyFault], continuing isContinuing: Bool) async throws {
        let resolved = try await ResolvedFault.resolve(faults, clock: clock)
        Self.requireOneThread(of: loops.count, for: resolved)
        if self.faults.arm(resolved, continuing: isContinuing) { await tellLoops() }
    }

    private static func requireOneThread(of threads: Int, for faults: [ResolvedFault]) {
        let shaper = faults.first { if case .shape = $0.kind { true } else { false } }
        guard let shaper, threads > 1 else { return }
        preconditionFailure(
            "\(shaper.name) shapes a link, which takes a proxy with one thread; this one has \(threads)")
    }

    /// Lets lifted faults begin anew, also when they are armed again by ``rearm(_:)``.
    ///
    /// - Parameter names: The names of the faults.
    package func forget(_ names: [FaultName]) { faults.forget(names) }

    /// Lifts faults; their pending resets are cancelled before this function returns.
    ///
    /// - Parameter names: The names of the faults; `nil` lifts all of them.
    public func lift(_ names: [FaultName]? = nil) async {
        if faults.lift(names) { await tellLoops() }
    }

    /// The names of the armed faults, in the order in which they are asked.
    public var armedFaults: [FaultName] { faults.names }

    /// Connections that are open now.
    public var connectionCount: Int {
        get async {
            var count = 0
            for (loop, core) in zip(loops, cores) {
                count += (try? await loop.run { context in core.value(on: context).connectionCount }) ?? 0
            }
            return count
        }
    }

    private func tellLoops() async {
        for (loop, core) in zip(loops, cores) {
            _ = try? await loop.run { context in core.value(on: context).rulesChanged(context) }
        }
    }
}
