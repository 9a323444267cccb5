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
        if client.end == .finished, !client.endIsCarried, directive.mayFinishUpstream, upstream.isConnected,
            client.passedOn == client.received
        {
            upstream.socket.finishSending()
            client.endIsCarried = true
        }
        if let end = upstream.end, directive.mayFinishClient, upstream.passedOn == upstream.received {
            switch end {
            case .finished where !upstream.endIsCarried:
                client.socket.finishSending()
                upstream.endIsCarried = true
            case .reset:
                guard isDelivered(context) else { return }
                isOver(context, by: endedBy ?? .upstream, .reset)
                client.socket.reset(on: context)
                upstream.socket.close(on: context)
                return
            default: break
            }
        }
        guard client.endIsCarried, upstream.endIsCarried else { return }
        isOver(context, by: endedBy ?? .client, .finished)
        client.socket.close(on: context)
        upstream.socket.close(on: context)
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
        patienceEnds = context.now + Self.patience
        upstream.backlog.removeAll()
        stage = .upstreamOnly(order.upstreamFate)
        // Other clients' resets may be due in this round; the upstream has time.
        context.atEndOfRound { [weak self] context in self?.follow(context) }
    }

    /// Ends the upstream's side of a connection whose client was reset.
    func bringUpstreamToItsEnd(_ fate: UpstreamFate, _ context: LoopContext) {
        let isOutOfPatience = patienceEnds.map { context.now >= $0 } ?? false
        switch fate {
        case .reset:
            upstream.socket.reset(on: context)
        case .close, .finish:
            // The upstream gets the request whole even when it is slow to take it, or not connected yet.
            let owesRequest = hasSendable(from: .client) && upstream.socket.isOpen && upstream.end == nil
            if owesRequest, !isOutOfPatience { return }
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
        let isWaitingToBeSent = upstream.passedOn < min(directive.limitToClient, upstream.received)
        if !isWaitingToBeSent, upstream.passedOn == 0 || client.socket.isAcknowledged { return true }
        let patienceEnds = patienceEnds ?? context.now + Self.patience
        self.patienceEnds = patienceEnds
        guard context.now < patienceEnds else { return true }
        deliveryCheck = isWaitingToBeSent ? patienceEnds : context.now + Self.deliveryCheckInterval
        return false
    }
}
