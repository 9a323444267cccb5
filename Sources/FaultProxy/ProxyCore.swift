import Evidence
import FaultModel
import ResetPeer
import SocketIO

/// The part of a proxy that lives on one loop: a listener and its connections.
///
/// Confined to the thread of its loop.
final class ProxyCore {
    let upstream: TCPAddress
    private let upstreamIsLocal: Bool
    let faults: FaultTable
    let log: EventLog
    let recognition: Recognition
    let holdCapacity: Int
    let dialTimeout: Duration
    let patience: Duration

    /// The rules that are armed, as this loop knows them.
    private(set) var rules: [ResetRule]
    /// Decides about one request or connection.
    let choose: ResetPeerConnection.Choosing
    /// The links that shape what goes to clients, in the order of arming.
    private var links: [ShapedLink] = []

    private let listener: LoopListener
    private var connections: [ConnectionID: ProxyConnection] = [:]
    private var names: [ResetRule.ID: FaultName] = [:]

    /// The upstream's socket for the next connection.
    private var spare: Descriptor?

    init(
        _ configuration: Proxy.Configuration, listener: consuming Descriptor, faults: FaultTable, log: EventLog
    ) {
        self.listener = LoopListener(listener)
        self.faults = faults
        choose = faults.choose
        self.log = log
        upstream = configuration.upstream
        upstreamIsLocal = configuration.upstream.isLoopback
        recognition = configuration.recognition
        holdCapacity = configuration.holdCapacity
        dialTimeout = configuration.dialTimeout
        patience = configuration.patience
        rules = faults.rules
        learnNames()
    }

    /// Connections that are open.
    var connectionCount: Int { connections.count }

    func start(_ context: LoopContext) throws(SystemError) {
        followLinks(context)
        // Unowned: the listener is closed before this is gone, and a weak reference would slow down every use of it.
        try listener.start(
            LoopListener.Duties(
                prepare: { [unowned self] () throws(SystemError) in try makeSpare() },
                serve: { [unowned self] accepted, context throws(SystemError) in try serve(accepted, context) },
                paused: { [log] error, context in
                    log.append(.acceptPaused(reason: error.description), at: context.now)
                },
                resumed: { [log] context in log.append(.acceptResumed, at: context.now) }),
            on: context)
    }

    func rulesChanged(_ context: LoopContext) {
        // What is armed now, not what it was changed to: calls from two tasks may come here in the other order.
        rules = faults.rules
        learnNames()
        let ended = followLinks(context)
        for connection in Array(connections.values) { connection.rulesChanged(context) }
        // After its connections have left.
        for link in ended { link.end(context) }
    }

    func end(_ context: LoopContext) {
        listener.close(on: context)
        spare = nil
        if !connections.isEmpty {
            let left = connections.keys.sorted().map(\.description).joined(separator: ", ")
            log.append(.note("still open when the proxy ended: \(left)"), at: context.now)
        }
        for connection in Array(connections.values) { connection.endWithProxy(context) }
        for link in links { link.end(context) }
        links = []
    }

    /// The link that shapes what goes to a client: of those that are for it, the one that was armed first.
    func link(for client: PeerAddress?) -> ShapedLink? {
        links.first { $0.rule.clients.admits(client) }
    }

    /// Has a link for each rate limit that is armed, and takes away the others.
    ///
    /// - Parameter context: The loop.
    /// - Returns: Links whose rate limit is armed no more.
    @discardableResult
    private func followLinks(_ context: LoopContext) -> [ShapedLink] {
        let armed = faults.links
        let ended = links.filter { link in !armed.contains { $0.id == link.rule.id } }
        links = armed.map { rule in
            links.first { $0.rule.id == rule.id } ?? ShapedLink(rule, log: log, at: context.clock.now)
        }
        return ended
    }

    func faultName(_ rule: ResetRule.ID) -> FaultName {
        names[rule] ?? "unknown"
    }

    func connectionIsOver(_ connection: ProxyConnection, _ context: LoopContext) {
        connections[connection.id] = nil
        listener.tryAgain(context)
    }

    private func learnNames() {
        // Names of lifted rules stay: a reset that is being sent may still ask for one.
        for rule in rules { names[rule.id] = FaultName(rule.name) }
    }

    // MARK: The log

    /// What an engine has noticed while it read one chunk; the memory is shared by all connections.
    var noticed: [Observation] = []
    private var facts: [(time: Timestamp, fact: Fact)] = []

    /// Moves what is in ``noticed`` to the log.
    func noteNoticed(on connection: ConnectionID, at moment: Timestamp) {
        guard !noticed.isEmpty else { return }
        note(noticed, on: connection, at: moment)
        noticed.removeAll(keepingCapacity: true)
    }

    /// Writes observations to the log, all at once.
    func note(
        _ observations: [Observation], on connection: ConnectionID, proxyEnds: Bool = false, at moment: Timestamp
    ) {
        for observation in observations {
            facts.append((moment, observation.fact(on: connection, proxyEnds: proxyEnds, naming: faultName)))
        }
        log.append(contentsOf: facts)
        facts.removeAll(keepingCapacity: true)
    }

    // MARK: Accepting

    private func makeSpare() throws(SystemError) {
        guard !hasSpare else { return }
        let socket = try TCPSocket.make(for: upstream)
        // Of the two descriptors of a connection this is the first: without room for the other, nobody is accepted.
        try DescriptorRoom.check(behind: socket.number)
        spare = consume socket
    }

    private var hasSpare: Bool {
        switch spare {
        case .some: true
        case .none: false
        }
    }

    private func serve(_ accepted: consuming AcceptedConnection, _ context: LoopContext) throws(SystemError) {
        guard let upstreamSocket = spare.take() else { return }
        let id = log.nextConnection()
        log.append(.connectionAccepted(id, peer: accepted.peer), at: context.now)
        let address = accepted.address
        let clientSocket = accepted.takeDescriptor()
        TCPSocket.disableDelay(upstreamSocket)
        var refusal: SystemError?
        var isConnected = false
        do {
            isConnected = try TCPSocket.connect(upstreamSocket, to: upstream)
            // On the same machine the handshake is over by now, and asking costs less than being told.
            if !isConnected, upstreamIsLocal { isConnected = try TCPSocket.connect(upstreamSocket, to: upstream) }
        } catch {
            refusal = error
        }
        let connection = ProxyConnection(
            id: id, address: address, core: self, client: clientSocket, upstream: upstreamSocket, at: context.now)
        connections[id] = connection
        do {
            try connection.open(isConnected: isConnected, refusal: refusal, context)
        } catch {
            connection.endWithProxy(context)
            throw error
        }
    }
}
