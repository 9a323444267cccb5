import FaultModel
import ResetPeer
import SocketIO

/// When and how the upstream is dialed.
///
/// As a rule at once. Where a fault keeps requests from the upstream, the first bytes of the client decide whether there
/// is anything to dial for: a request that is kept costs the upstream nothing then, not even a connection. A client that
/// says nothing may wait for its server to speak first, so the dial waits for a moment only.
extension ProxyConnection {
    /// Dials, unless that was done.
    ///
    /// - Parameter context: The loop.
    /// - Throws: ``SystemError`` when the loop cannot watch more sockets; a refusal of the upstream is followed up here.
    func dial(_ context: LoopContext) throws(SystemError) {
        guard !isDialed else { return }
        isDialed = true
        var isConnected = false
        do {
            isConnected = try core.connect(upstream.socket)
        } catch {
            upstreamIsUnreachable(error.description, context)
            return
        }
        try upstream.socket.watch(
            isConnected ? .readable : .writable, on: context, handler: self, tag: Self.upstreamTag)
        if isConnected {
            upstreamIsConnected(context)
        } else {
            dialDeadline = context.now + core.dialTimeout
        }
    }

    /// Dials once something is to go to the upstream.
    func dialIfNeeded(_ context: LoopContext) {
        guard !isDialed else { return }
        let hasBytes = client.received > client.passedOn && limit(on: .client) > client.passedOn
        let hasEnd = client.end == .finished && directive.mayFinishUpstream
        if hasBytes || hasEnd || !core.keepsRequests { dialNow(context) }
    }

    /// Dials because nothing has come from the client.
    func stopWaitingToDial(_ context: LoopContext) {
        guard case .relaying = stage, !isDialed, client.received == 0 else { return }
        dialNow(context)
        follow(context)
    }

    private func dialNow(_ context: LoopContext) {
        do {
            try dial(context)
        } catch {
            upstreamIsUnreachable(error.description, context)
        }
    }
}
