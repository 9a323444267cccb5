import Evidence
import FaultModel
import ResetPeer
import SocketIO

extension ProxyConnection {
    /// Carries the end of each side's stream to the other side, in the form in which it came.
    func carryEnds(_ context: LoopContext) {
        if client.end == .reset {
            // Nobody is left to answer.
            isOver(context, by: endedBy ?? .client, .reset)
            client.socket.close(on: context)
            upstream.socket.reset(on: context)
            return
        }
        if upstream.end == .reset, mayCarryEnd(of: .upstream) {
            guard isDelivered(context) else { return }
            isOver(context, by: endedBy ?? .upstream, .reset)
            client.socket.reset(on: context)
            // Alive or not, it is not to wait for an end behind bytes that it never takes.
            upstream.socket.reset(on: context)
            return
        }
        let carriesClients = client.end == .finished && mayCarryEnd(of: .client)
        let carriesUpstreams = upstream.end == .finished && mayCarryEnd(of: .upstream)
        // Where both are over, closing says so to both.
        if !(carriesClients && carriesUpstreams) {
            if carriesClients, !client.endIsCarried { sayEnd(to: .upstream, context) }
            if carriesUpstreams, !upstream.endIsCarried { sayEnd(to: .client, context) }
        }
        if carriesClients { client.endIsCarried = true }
        if carriesUpstreams { upstream.endIsCarried = true }
        guard client.endIsCarried, upstream.endIsCarried else { return }
        isOver(context, by: endedBy ?? .client, .finished)
        client.socket.close(on: context)
        upstream.socket.close(on: context)
    }

    /// Sends FIN to a side; one that can have none is gone.
    private func sayEnd(to side: Side, _ context: LoopContext) {
        guard !endpoint(side).socket.finishSending() else { return }
        isBroken(side, context)
        context.atEndOfRound { [weak self] context in self?.follow(context) }
    }

    /// Whether everything that came from a side has been sent on, and its end may follow.
    private func mayCarryEnd(of side: Side) -> Bool {
        let source = endpoint(side)
        guard source.passedOn == source.received else { return false }
        switch side {
        case .client: return directive.mayFinishUpstream && upstream.isConnected
        case .upstream: return directive.mayFinishClient
        }
    }

    /// Sends the RST that is due, once everything the client is still owed has arrived.
    func carryOutReset(_ context: LoopContext) {
        guard isAlive, let order = directive.reset else { return }
        guard isDelivered(context) else { return }
        let fault = core.faultName(order.rule)
        let record = ResetRecord(
            fault: fault, lateness: context.clock.now - order.dueAt, responseBytes: Int64(clamping: order.responseBytes)
        )
        // Written before it is done: whoever has seen the RST finds it in the log.
        core.log.append(
            .resetSent(RequestID(connection: id, ordinal: order.ordinal), record), at: context.clock.now)
        client.socket.reset(on: context)
        endedBy = .fault
        directive = engine.resetSent(order, at: context.now)
        // What the upstream is owed is another matter than what the client was.
        patienceEnds = nil
        upstream.discardWaiting()
        leaveSeat(context)
        stage = .upstreamOnly(order.upstreamFate)
        // Other clients' resets may be due in this round; the upstream has time.
        context.atEndOfRound { [weak self] context in self?.follow(context) }
    }

    /// Ends the upstream's side of a connection whose client was reset.
    func bringUpstreamToItsEnd(_ fate: UpstreamFate, _ context: LoopContext) {
        guard isDialed else {
            core.takeBack(upstream.socket, context)
            isOver(context, by: .fault, .reset)
            return
        }
        switch fate {
        case .reset:
            upstream.socket.reset(on: context)
        case .close, .finish:
            // The upstream gets the request whole even when it is slow to take it, or not connected yet.
            let owesRequest = hasSendable(from: .client) && upstream.socket.isOpen && upstream.end == nil
            if owesRequest, !isOutOfPatience(owing: UInt64(client.waiting), context) { return }
            guard fate == .close || directive.upstreamIsDone || !upstream.socket.isOpen else {
                patienceEnds = nil
                return
            }
            upstream.closeAfterReading(on: context)
        }
        isOver(context, by: .fault, .reset)
    }

    /// Whether the client has everything it is owed; an RST destroys what is still under way.
    private func isDelivered(_ context: LoopContext) -> Bool {
        let limit = min(directive.limitToClient, upstream.received)
        let unsent = limit - min(upstream.passedOn, limit)
        if unsent == 0, upstream.passedOn == 0 { return true }
        // What waits for tokens is the link's to deliver, and the client's patience is not asked for.
        if unsent > 0, let seat, !seat.isBlocked {
            patienceEnds = nil
            deliveryCheck = nil
            return false
        }
        let owed = unsent + UInt64(client.socket.unacknowledged)
        if owed == 0 || isOutOfPatience(owing: owed, context) { return true }
        deliveryCheck = unsent > 0 ? patienceEnds : nextDeliveryCheck(context)
        return false
    }

    /// When to look again: soon after the last progress, where an RST is expected, then ever more rarely.
    private func nextDeliveryCheck(_ context: LoopContext) -> Timestamp {
        let waited = core.patience - ((patienceEnds ?? context.now) - context.now)
        return context.now
            + min(max(waited / 8, Self.deliveryCheckInterval.lowerBound), Self.deliveryCheckInterval.upperBound)
    }

    /// Whether a peer has taken nothing of what it is owed for so long that nobody waits for it any more.
    ///
    /// A slow peer gets everything: each byte that it takes begins the wait anew.
    private func isOutOfPatience(owing bytes: UInt64, _ context: LoopContext) -> Bool {
        if let patienceEnds, bytes >= owedSince { return context.now >= patienceEnds }
        owedSince = bytes
        patienceEnds = context.now + core.patience
        return false
    }
}
