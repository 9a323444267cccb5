import Evidence
import FaultModel
import ResetPeer
import SocketIO

/// The part of a proxy that lives on one loop: a listener and its connections.
///
/// Confined to the thread of its loop.
final class ProxyCore {
    let upstream: SocketAddress
    let faults: FaultTable
    let log: EventLog
    let holdCapacity: Int
    let dialTimeout: Duration

    /// The rules that are armed, as this loop knows them.
    private(set) var rules: [ResetRule]

    private var listener: Descriptor?
    private var registration: Registration?
    private var connections: [ConnectionID: ProxyConnection] = [:]
    private var names: [ResetRule.ID: FaultName] = [:]
    private var retry: LoopTimer?
    private var isPaused = false

    /// The upstream's socket for the next connection. It is made before the connection is accepted, so that an accepted
    /// client never waits for a descriptor that other accepted clients hold.
    private var spare: Descriptor?

    private static let acceptsPerRound = 64
    private static let retryInterval = Duration.milliseconds(20)

    init(
        listener: consuming Descriptor, upstream: SocketAddress, faults: FaultTable, log: EventLog, holdCapacity: Int,
        dialTimeout: Duration
    ) {
        self.listener = consume listener
        self.upstream = upstream
        self.faults = faults
        self.log = log
        self.holdCapacity = holdCapacity
        self.dialTimeout = dialTimeout
        rules = faults.rules
        for rule in rules { names[rule.id] = FaultName(rule.name) }
        retry = LoopTimer { [weak self] context in self?.resume(context) }
    }

    /// Connections that are open.
    var connectionCount: Int { connections.count }

    func start(_ context: LoopContext) throws(SystemError) {
        switch listener {
        case .some(let listener):
            registration = try context.register(listener, .readable) { [weak self] context, _ in
                self?.accept(context)
            }
        case .none: break
        }
    }

    func rulesChanged(to rules: [ResetRule], _ context: LoopContext) {
        self.rules = rules
        for rule in rules { names[rule.id] = FaultName(rule.name) }
        for connection in Array(connections.values) { connection.rulesChanged(context) }
    }

    func end(_ context: LoopContext) {
        if let registration { context.unregister(registration) }
        registration = nil
        listener = nil
        spare = nil
        if let retry { context.set(retry, to: nil) }
        for connection in Array(connections.values) { connection.endWithProxy(context) }
    }

    func faultName(_ rule: ResetRule.ID) -> FaultName {
        names[rule] ?? "unknown"
    }

    func connectionIsOver(_ connection: ProxyConnection, _ context: LoopContext) {
        connections[connection.id] = nil
        if isPaused { resume(context) }
    }

    // MARK: Accepting

    private func accept(_ context: LoopContext) {
        do {
            for _ in 0..<Self.acceptsPerRound {
                if !hasSpare { spare = try TCPSocket.make(for: upstream) }
                guard let accepted = try acceptNext() else { return }
                try serve(accepted, context)
            }
        } catch {
            pause(because: error, context)
        }
    }

    private var hasSpare: Bool {
        switch spare {
        case .some: true
        case .none: false
        }
    }

    private func acceptNext() throws(SystemError) -> AcceptedConnection? {
        switch listener {
        case .some(let listener): try TCPSocket.accept(listener)
        case .none: nil
        }
    }

    private func serve(_ accepted: consuming AcceptedConnection, _ context: LoopContext) throws(SystemError) {
        guard let upstreamSocket = spare.take() else { return }
        let id = log.nextConnection()
        log.append(.connectionAccepted(id, peer: accepted.peer), at: context.now)
        let clientSocket = accepted.takeDescriptor()
        TCPSocket.disableDelay(clientSocket)
        TCPSocket.disableDelay(upstreamSocket)
        var refusal: SystemError?
        var isConnected = false
        do {
            isConnected = try TCPSocket.connect(upstreamSocket, to: upstream)
        } catch {
            refusal = error
        }
        let connection = ProxyConnection(
            id: id, core: self, client: clientSocket, upstream: upstreamSocket, at: context.now)
        connections[id] = connection
        do {
            try connection.open(isConnected: isConnected, refusal: refusal, context)
        } catch {
            connection.endWithProxy(context)
            throw error
        }
    }

    /// Leaves clients in the backlog until there is room; the listener itself stays.
    private func pause(because error: SystemError, _ context: LoopContext) {
        guard !isPaused, let registration, let retry else { return }
        isPaused = true
        log.append(.acceptPaused(reason: error.description), at: context.now)
        context.setInterest(registration, [])
        context.set(retry, to: context.now + Self.retryInterval)
    }

    private func resume(_ context: LoopContext) {
        guard isPaused, let registration, let retry else { return }
        // Whether there is room again shows only in trying: a pause that goes on is not reported as a new one.
        if !hasSpare { spare = try? TCPSocket.make(for: upstream) }
        guard hasSpare else {
            context.set(retry, to: context.now + Self.retryInterval)
            return
        }
        isPaused = false
        context.set(retry, to: nil)
        log.append(.acceptResumed, at: context.now)
        context.setInterest(registration, .readable)
    }
}
