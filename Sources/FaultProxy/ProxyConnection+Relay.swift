import Evidence
import ResetPeer
import SocketIO

extension ProxyConnection {
    /// Whether more bytes of a side are welcome.
    func mayRead(_ side: Side) -> Bool {
        let endpoint = endpoint(side)
        guard endpoint.socket.isOpen, endpoint.end == nil else { return false }
        switch side {
        case .client: return directive.readsClient && endpoint.pipe == nil && endpoint.waiting < core.holdCapacity
        case .upstream: return roomForUpstream > 0
        }
    }

    /// Whether bytes that came from a side may be sent on and wait for the other side's socket.
    func hasSendable(from side: Side) -> Bool {
        let source = endpoint(side)
        return source.waiting > 0 && limit(on: side) > source.passedOn
    }

    /// Bytes from a side that may be sent on, counted from the start.
    func limit(on side: Side) -> UInt64 {
        switch side {
        case .client: directive.limitToUpstream
        case .upstream: directive.limitToClient
        }
    }

    /// Reads what has come, a few chunks at most so that no connection holds up the others.
    ///
    /// - Parameters:
    ///   - side: The side to read from.
    ///   - context: The loop.
    ///   - readiness: What was reported, if reading follows from a report: with an end in it, there is no other report to
    ///     come, and reading goes on up to the end. Reading stops at an urgent byte, whatever is behind it.
    func read(_ side: Side, _ context: LoopContext, _ readiness: Readiness = .none) {
        let source = endpoint(side)
        let scratch = context.scratch
        var reads = 0
        source.isLeftUnread = true
        while reads < 4, mayRead(side) {
            reads += 1
            if source.isBulk, !source.hasHungUp, !readiness.contains(.urgent), moveUnread(side, context) { return }
            var most = scratch.count
            if case .upstream = side, roomForUpstream < most { most = roomForUpstream }
            switch source.socket.receive(into: UnsafeMutableRawBufferPointer(start: scratch.baseAddress, count: most)) {
            case .wouldBlock:
                source.isLeftUnread = false
                if source.isBroken { streamEnded(side, .reset, context) }
                return
            case .value(0):
                // The system tells of a reset once, and writing may have been told.
                streamEnded(side, source.isBroken ? .reset : .finished, context)
                return
            case .failed:
                streamEnded(side, .reset, context)
                return
            case .value(let count):
                // A short read emptied the socket; asking again would only hear that it would block, or that the end has
                // come which was reported.
                let isEmptied = count < most && !readiness.contains(.hangup | .urgent) && !source.isBroken
                let isLast = isEmptied && readiness.contains(.ended)
                let bytes = UnsafeRawBufferPointer(start: scratch.baseAddress, count: count)
                took(bytes, from: side, isLast: isLast, context)
                if count == scratch.count { source.isBulk = true }
                guard isEmptied else { continue }
                source.isLeftUnread = false
                if isLast { streamEnded(side, .finished, context) }
                return
            }
        }
    }

    private func took(_ bytes: UnsafeRawBufferPointer, from side: Side, isLast: Bool, _ context: LoopContext) {
        let source = endpoint(side)
        source.received += UInt64(bytes.count)
        if side == .upstream, let seat { seat.link.arrived(seat, upTo: source.received, at: context.now) }
        directive = engine.received(
            bytes, from: side, at: context.now, choosing: core.choose, noting: &core.noticed)
        core.noteNoticed(on: id, at: context.now)
        // Once the client is gone, what the upstream still says is only followed to its end.
        guard case .relaying = stage else { return }
        flush(from: side, context)
        guard source.backlog.isEmpty, !isShaped(side) else {
            source.backlog.append(bytes)
            if isShaped(side) { flush(from: side, context) }
            return
        }
        // The end of an upstream that has said its last follows at once, in the same segment.
        let endFollows = isLast && side == .upstream && directive.restrainsNothing
        let sent = send(bytes, from: side, endFollows: endFollows, context)
        if sent < bytes.count { source.backlog.append(UnsafeRawBufferPointer(rebasing: bytes[sent...])) }
    }

    /// Sends on what waits and may go.
    func flush(from side: Side, _ context: LoopContext) {
        if isShaped(side) {
            updateSeat(context)
            return
        }
        let source = endpoint(side)
        while hasSendable(from: side) {
            let most = Int(clamping: limit(on: side) - source.passedOn)
            guard !source.backlog.isEmpty else {
                drain(side, context)
                return
            }
            let sent = source.backlog.withFirst(most) { send($0, from: side, context) }
            if sent == 0 { return }
            source.backlog.removeFirst(sent)
        }
    }

    /// Sends on as much of the next bytes as the limit and the system allow.
    func send(
        _ bytes: UnsafeRawBufferPointer, from side: Side, endFollows: Bool = false, _ context: LoopContext
    ) -> Int {
        let source = endpoint(side)
        let other = side.other
        let destination = endpoint(other)
        let limit = limit(on: side)
        guard destination.isConnected, !destination.isBroken, limit > source.passedOn else { return 0 }
        var allowed = bytes.count
        if limit - source.passedOn < UInt64(bytes.count) { allowed = Int(limit - source.passedOn) }
        guard allowed > 0 else { return 0 }
        let allowedBytes = UnsafeRawBufferPointer(start: bytes.baseAddress, count: allowed)
        switch destination.socket.send(allowedBytes, more: endFollows) {
        case .value(let count):
            source.passedOn += UInt64(count)
            return count
        case .wouldBlock:
            return 0
        case .failed:
            isBroken(other, context)
            return 0
        }
    }

    /// A side's connection broke, as writing to it found.
    func isBroken(_ side: Side, _ context: LoopContext) {
        let endpoint = endpoint(side)
        guard side == .upstream, endpoint.end == nil else {
            streamEnded(side, .reset, context)
            return
        }
        // An upstream may answer, and close, before it has read the request: its answer is still in the socket.
        endpoint.isBroken = true
        endpoint.hasHungUp = true
        endpoint.socket.unwatch(on: context)
    }

    /// A side stopped sending.
    func streamEnded(_ side: Side, _ end: StreamEnd, _ context: LoopContext) {
        let endpoint = endpoint(side)
        guard endpoint.end != .reset, endpoint.end == nil || end == .reset else { return }
        endpoint.end = end
        if endedBy == nil { endedBy = side == .client ? .client : .upstream }
        guard isAlive else { return }
        directive = engine.ended(side, end, at: context.now, choosing: core.faults.choose)
        log(context)
    }

    /// The system reports that a side is over while nothing is read from it.
    func hangUp(_ side: Side, _ context: LoopContext) {
        let endpoint = endpoint(side)
        // The report would come again and again; what is left is found without it.
        endpoint.socket.unwatch(on: context)
        if side == .client || endpoint.end != nil, endpoint.socket.pendingError != 0 {
            // Nobody is left to answer, whether or not everything it sent was taken; or an RST followed the FIN.
            streamEnded(side, .reset, context)
        } else if endpoint.end == nil {
            // Reading is paused because the other side is slow; what was sent before is still in the socket.
            endpoint.hasHungUp = true
        }
    }

    /// Reads what a side left in its socket when it hung up, as far as the other side makes room.
    func readOnAfterHangup(_ side: Side, _ context: LoopContext) {
        let endpoint = endpoint(side)
        while endpoint.hasHungUp, mayRead(side) {
            let before = endpoint.received
            read(side, context)
            flush(from: side, context)
            if endpoint.received == before { return }
        }
    }
}
