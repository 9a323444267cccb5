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

    /// Whether a rule keeps requests from the upstream.
    private(set) var keepsRequests = false
    /// Connections whose clients may be waiting for the upstream to speak, and until when they wait.
    ///
    /// One timer for all: they wait equally long, and most are served or over when their time comes.
    private var waitingToDial = FIFO<(ConnectionID, Timestamp)>()
    private lazy var dialTimer = LoopTimer { [unowned self] context in dialWaiting(context) }
    /// How long a client may say nothing before the upstream is dialed, where a fault keeps requests from it.
    private static let dialPatience = Duration.milliseconds(20)

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
        learnRules()
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
        learnRules()
        let ended = followLinks(context)
        for connection in Array(connections.values) { connection.rulesChanged(context) }
        // After its connections have left.
        for link in ended { link.end(context) }
    }

    func end(_ context: LoopContext) {
        listener.close(on: context)
        spare = nil
        if !waitingToDial.isEmpty { context.set(dialTimer, to: nil) }
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

    private func learnRules() {
        // Names of lifted rules stay: a reset that is being sent may still ask for one.
        for rule in rules { names[rule.id] = FaultName(rule.name) }
        keepsRequests = rules.contains { rule in
            rule.disruption.forwarding == .never && rule.disruption.trigger != .connectionAccepted
        }
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
        TCPSocket.disableDelay(socket)
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
        let connection = ProxyConnection(
            id: id, address: accepted.address, core: self, client: accepted.takeDescriptor(), upstream: upstreamSocket,
            at: context.now)
        connections[id] = connection
        do {
            try connection.open(context)
        } catch {
            connection.endWithProxy(context)
            throw error
        }
    }

    // MARK: Dialing

    /// Begins to connect to the upstream.
    ///
    /// - Parameter socket: A socket that was made for it.
    /// - Returns: Whether the connection stands already.
    /// - Throws: ``SystemError`` when the upstream refuses at once.
    func connect(_ socket: LoopSocket) throws(SystemError) -> Bool {
        if try socket.connect(to: upstream) { return true }
        // On the same machine the handshake is over by now, and asking costs less than being told.
        return upstreamIsLocal ? try socket.connect(to: upstream) : false
    }

    /// Dials for a connection when its client has said nothing for a moment.
    func dialLater(_ connection: ProxyConnection, _ context: LoopContext) {
        waitingToDial.append((connection.id, context.now + Self.dialPatience))
        if waitingToDial.count == 1 { dialWaiting(context) }
    }

    /// Takes back a socket that was not used.
    func takeBack(_ socket: LoopSocket, _ context: LoopContext) {
        let descriptor = socket.release(on: context)
        if !hasSpare { spare = consume descriptor }
    }

    private func dialWaiting(_ context: LoopContext) {
        while let (id, moment) = waitingToDial.first {
            guard moment <= context.now else {
                context.set(dialTimer, to: moment)
                return
            }
            waitingToDial.removeFirst()
            connections[id]?.stopWaitingToDial(context)
        }
    }
}
