import FaultModel
import ResetPeer
import SocketIO

/// What goes to the client passes a shaped link, if one is armed for the client.
extension ProxyConnection {
    /// Whether what comes from a side passes a link.
    func isShaped(_ side: Side) -> Bool { side == .upstream && seat != nil }

    /// Takes a place at the link that is for the client, and leaves any other.
    func takeSeat(_ context: LoopContext) {
        let link = core.link(for: address)
        guard seat?.link !== link else { return }
        leaveSeat(context)
        if link != nil { bringBack(.upstream, context) }
        seat = link.map { LinkSeat(self, at: $0, behind: upstream.passedOn) }
    }

    func leaveSeat(_ context: LoopContext) {
        if let seat { seat.link.leave(seat, context) }
        seat = nil
    }

    /// Tells the link what there is for the client.
    func updateSeat(_ context: LoopContext) {
        guard let seat else { return }
        let mayGo = !seat.isBlocked && client.isConnected && !client.isBroken
        seat.link.update(seat, sendable: mayGo ? sendableToClient : 0, passed: upstream.passedOn, context)
    }

    /// Sends to the client, whose turn it is.
    ///
    /// - Parameters:
    ///   - most: The most bytes to send.
    ///   - context: The loop.
    /// - Returns: Bytes sent; fewer when the client's socket takes no more.
    func sendFromLink(_ most: Int, _ context: LoopContext) -> Int {
        let wanted = min(most, sendableToClient)
        guard wanted > 0 else { return 0 }
        let sent = upstream.backlog.withFirst(wanted) { send($0, from: .upstream, context) }
        if sent > 0 { upstream.backlog.removeFirst(sent) }
        if sent < wanted, let seat {
            seat.isBlocked = true
            // What its upstream has for it waits for the client from now on.
            seat.isDenied = false
        }
        return sent
    }

    /// Bytes that are welcome from the upstream now.
    var roomForUpstream: Int {
        guard let seat else {
            guard case .none = upstream.pipe else { return 0 }
            return upstream.backlog.count < core.holdCapacity ? .max : 0
        }
        // What the engine withholds, or the client does not take, waits here and not at the link.
        guard upstream.backlog.count - seat.held < core.holdCapacity else { return 0 }
        if seat.isBlocked { return core.holdCapacity }
        return seat.isStarved ? 0 : seat.link.room(for: seat)
    }

    /// Whether bytes wait for the socket of a side.
    func waitsForRoom(in side: Side) -> Bool {
        guard side == .client, let seat else { return hasSendable(from: side == .client ? .upstream : .client) }
        return seat.isBlocked && sendableToClient > 0
    }

    /// Reads what had to stay in the upstream's socket for want of room, now that there is some.
    ///
    /// It is known to be there, so the loop need not be asked, which would cost three calls of the system for each turn.
    func readOnAfterDenial(_ context: LoopContext) {
        guard seat?.isDenied == true, upstream.isConnected, upstream.end == nil, mayRead(.upstream) else { return }
        read(.upstream, context)
        flush(from: .upstream, context)
    }

    /// Tells the link what it keeps in the upstream's socket.
    func noteDenial(_ context: LoopContext) {
        guard let seat, !seat.isBlocked, upstream.socket.isOpen, upstream.end == nil,
            upstream.backlog.count - seat.held < core.holdCapacity, roomForUpstream == 0
        else { return }
        let available = upstream.socket.unread
        seat.link.deny(seat, available: available, received: upstream.received, context)
        seat.link.arrived(seat, upTo: upstream.received + UInt64(available), at: context.now)
    }

    /// Bytes that wait and that the engine lets go to the client.
    private var sendableToClient: Int {
        min(
            upstream.backlog.count,
            Int(clamping: directive.limitToClient - min(directive.limitToClient, upstream.passedOn)))
    }
}
