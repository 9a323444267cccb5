import Evidence
import FaultModel
import ResetPeer
import SocketIO

/// A client's connection and the upstream's that belongs to it: carries out what the engine says, decides nothing.
///
/// Confined to the thread of its loop.
final class ProxyConnection: LoopHandler {
    typealias Side = ResetPeerConnection.Side

    static let clientTag: UInt8 = 0
    static let upstreamTag: UInt8 = 1

    let id: ConnectionID
    /// The address of the client, if the system told.
    let address: PeerAddress?
    let client: Endpoint
    let upstream: Endpoint
    /// The loop's part of the proxy; it owns this connection.
    unowned let core: ProxyCore

    var engine: ResetPeerConnection
    var directive = Directive()
    var stage = Stage.relaying
    /// The place at the link that shapes what goes to the client, if one does.
    var seat: LinkSeat?
    /// The party that ended the connection first, once one has.
    var endedBy: ConnectionEnd.Party?

    private var timer: LoopTimer?
    /// Whether the connection was steady when it was last followed, and has been since.
    private var wasSteady = false
    var dialDeadline: Timestamp?
    /// Whether the upstream has been dialed.
    var isDialed = false
    var deliveryCheck: Timestamp?
    var patienceEnds: Timestamp?
    /// Bytes that a peer was owed when the patience with it began.
    var owedSince: UInt64 = .max

    /// What the connection is doing.
    enum Stage {
        /// Both sides are served.
        case relaying
        /// The client has been reset; the upstream is being brought to its end.
        case upstreamOnly(UpstreamFate)
        /// Everything is closed.
        case over
    }

    /// How often an RST that waits for bytes under way looks whether they have arrived.
    static let deliveryCheckInterval = Duration.microseconds(100)...Duration.milliseconds(5)

    init(
        id: ConnectionID, address: PeerAddress?, core: ProxyCore, client: consuming Descriptor,
        upstream: consuming Descriptor, at now: Timestamp
    ) {
        self.id = id
        self.address = address
        self.core = core
        self.client = Endpoint(client, isConnected: true)
        self.upstream = Endpoint(upstream, isConnected: false)
        engine = ResetPeerConnection(acceptedAt: now, holdCapacity: core.holdCapacity, recognition: core.recognition)
    }

    // MARK: Events

    /// Begins to serve.
    ///
    /// - Parameter context: The loop.
    /// - Throws: ``SystemError`` when the loop cannot watch more sockets.
    func open(_ context: LoopContext) throws(SystemError) {
        try client.socket.watch(.readable, on: context, handler: self, tag: Self.clientTag)
        takeSeat(context)
        directive = engine.open(under: core.rules, at: context.now, choosing: core.choose)
        if core.keepsRequests {
            core.dialLater(self, context)
        } else {
            try dial(context)
        }
        follow(context)
    }

    func rulesChanged(_ context: LoopContext) {
        guard case .relaying = stage else { return }
        takeSeat(context)
        directive = engine.rulesChanged(to: core.rules, at: context.now, choosing: core.choose)
        follow(context)
    }

    /// Closes everything because the proxy ends.
    func endWithProxy(_ context: LoopContext) {
        switch stage {
        case .relaying:
            directive = engine.rulesChanged(to: [], at: context.now, choosing: core.choose)
            log(context, proxyEnds: true)
            isOver(context, by: .proxy, .finished)
        case .upstreamOnly:
            isOver(context, by: .fault, .reset)
        case .over:
            return
        }
        client.closeAfterReading(on: context)
        upstream.closeAfterReading(on: context)
    }

    private func timePassed(_ context: LoopContext) {
        if let dialDeadline, context.now >= dialDeadline {
            self.dialDeadline = nil
            upstreamIsUnreachable("connect to \(core.upstream): no answer within \(core.dialTimeout)", context)
            return
        }
        if case .relaying = stage { directive = engine.timePassed(at: context.now) }
        follow(context)
    }

    func isReady(_ tag: UInt8, _ readiness: Readiness, _ context: LoopContext) {
        let side = tag == Self.clientTag ? Side.client : .upstream
        if wasSteady, !readiness.contains(.writable | .hangup) {
            read(side, context, readiness)
            // What was steady and still is needs nothing else: this is the way of nearly all bytes.
            if !isSteady { follow(context) }
            return
        }
        let endpoint = endpoint(side)
        if side == .client, readiness.contains(.writable) { seat?.isBlocked = false }
        if !endpoint.isConnected {
            let error = endpoint.socket.pendingError
            guard error == 0 else {
                upstreamIsUnreachable(
                    SystemError(attempt: "connect to \(core.upstream)", number: error).description, context)
                return
            }
            upstreamIsConnected(context)
        } else {
            if readiness.contains(.readable | .hangup) {
                endpoint.isLeftUnread = true
                read(side, context, readiness)
            }
            // Nobody reads on to where the system would tell how the side ended, and this is the only report.
            if readiness.contains(.hangup), !mayRead(side) { hangUp(side, context) }
        }
        follow(context)
    }

    func upstreamIsConnected(_ context: LoopContext) {
        dialDeadline = nil
        upstream.isConnected = true
        core.log.append(.upstreamConnected(id), at: context.now)
    }

    func upstreamIsUnreachable(_ reason: String, _ context: LoopContext) {
        dialDeadline = nil
        core.log.append(.upstreamFailed(id, reason: reason), at: context.now)
        upstream.socket.close(on: context)
        streamEnded(.upstream, .reset, context)
        follow(context)
    }

    // MARK: Following the engine

    /// Does everything that the state allows, then waits for the rest.
    func follow(_ context: LoopContext) {
        defer { wasSteady = isSteady }
        log(context)
        switch stage {
        case .relaying:
            dialIfNeeded(context)
            flush(from: .client, context)
            flush(from: .upstream, context)
            readOnAfterHangup(.client, context)
            readOnAfterHangup(.upstream, context)
            readOnAfterDenial(context)
            deliveryCheck = nil
            carryEnds(context)
            carryOutReset(context)
            if case .relaying = stage, deliveryCheck == nil { patienceEnds = nil }
        case .upstreamOnly(let fate):
            flush(from: .client, context)
            readOnAfterHangup(.upstream, context)
            bringUpstreamToItsEnd(fate, context)
        case .over:
            return
        }
        wait(context)
    }

    /// Moves what the engine has noticed to the log.
    func log(_ context: LoopContext, proxyEnds: Bool = false) {
        guard engine.hasObservations else { return }
        core.note(engine.takeObservations(), on: id, proxyEnds: proxyEnds, at: context.now)
    }

    /// Asks the loop for what can happen next.
    private func wait(_ context: LoopContext) {
        if case .over = stage {
            setTimer(to: nil, context)
            return
        }
        noteDenial(context)
        waitForBytes(.client, context)
        waitForBytes(.upstream, context)
        var deadline = directive.reset == nil ? directive.wakeAt : nil
        for moment in [dialDeadline, deliveryCheck, patienceEnds] {
            if let moment { deadline = min(deadline ?? moment, moment) }
        }
        setTimer(to: deadline, context)
    }

    /// Moves the deadline; a connection that never had one has no timer either.
    private func setTimer(to deadline: Timestamp?, _ context: LoopContext) {
        if let timer {
            context.set(timer, to: deadline)
        } else if let deadline {
            // Not held: the deadline is cleared before the connection goes.
            let timer = LoopTimer { [unowned self] context in timePassed(context) }
            self.timer = timer
            context.set(timer, to: deadline)
        }
    }

    /// Whether bytes may pass as they come, with nothing waiting, due or about to end.
    private var isSteady: Bool {
        guard case .relaying = stage, case .none = seat, directive.restrainsNothing else { return false }
        return client.isAtEase && upstream.isAtEase
    }

    private func waitForBytes(_ side: Side, _ context: LoopContext) {
        let endpoint = endpoint(side)
        endpoint.socket.setInterest(interest(in: side), on: context)
        guard endpoint.isLeftUnread, mayRead(side) else { return }
        endpoint.isLeftUnread = false
        endpoint.socket.reportAgain(on: context)
    }

    private func interest(in side: Side) -> Readiness {
        let endpoint = endpoint(side)
        guard endpoint.isConnected else { return .writable }
        var interest = Readiness.none
        if mayRead(side) { interest.insert(.readable) }
        if waitsForRoom(in: side) { interest.insert(.writable) }
        return interest
    }

    func endpoint(_ side: Side) -> Endpoint {
        switch side {
        case .client: client
        case .upstream: upstream
        }
    }

    /// Closes the books.
    func isOver(_ context: LoopContext, by party: ConnectionEnd.Party, _ how: ConnectionEnd.Form) {
        guard isAlive else { return }
        stage = .over
        leaveSeat(context)
        client.discardWaiting()
        upstream.discardWaiting()
        setTimer(to: nil, context)
        core.log.append(
            .connectionClosed(
                id,
                ConnectionEnd(
                    by: party, how: how,
                    bytesFromClient: Int64(clamping: client.received),
                    bytesToClient: Int64(clamping: upstream.passedOn),
                    bytesToUpstream: Int64(clamping: client.passedOn),
                    bytesFromUpstream: Int64(clamping: upstream.received))), at: context.clock.now)
        core.connectionIsOver(self, context)
    }

    var isAlive: Bool {
        if case .over = stage { false } else { true }
    }
}
