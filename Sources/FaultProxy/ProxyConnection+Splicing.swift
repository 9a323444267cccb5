import ResetPeer
import SocketIO

/// Bytes that mean nothing to the engine pass from socket to socket without being read.
extension ProxyConnection {
    /// Moves on what has come, as far as the engine need not see it.
    ///
    /// - Parameters:
    ///   - side: The side to read from.
    ///   - context: The loop.
    /// - Returns: Whether that was all there is to do for now; otherwise the bytes are to be read.
    func moveUnread(_ side: Side, _ context: LoopContext) -> Bool {
        let source = endpoint(side)
        guard source.backlog.isEmpty, !isShaped(side), endpoint(side.other).isConnected else { return false }
        var moves = 0
        while true {
            let most = min(engine.meaningless(from: side), UInt64(SplicePipe.capacity))
            // The rest of a body is soon read, and a pipe for it not worth the calls.
            guard most >= UInt64(Self.leastMove), directive.restrainsNothing else { break }
            guard moves < Self.mostMoves else {
                // The others have their turn; what is left is reported again.
                settlePipe(of: side, context)
                return true
            }
            guard let pipe = pipe(of: side, context) else { break }
            switch source.socket.fill(pipe, Int(most)) {
            case .value(let count) where count > 0:
                moves += 1
                source.received += UInt64(count)
                engine.skipped(count, from: side)
                drain(side, context)
                guard pipe.count == 0 else { return true }
                if count < Self.leastMove { source.isBulk = false }
            case .wouldBlock:
                source.isLeftUnread = false
                settlePipe(of: side, context)
                return true
            case .failed:
                // The system tells of a reset once: reading would find a mere end.
                settlePipe(of: side, context)
                streamEnded(side, .reset, context)
                return true
            case .value:
                // An end is for reading to tell; so is a system that cannot splice.
                source.isBulk = false
                settlePipe(of: side, context)
                return false
            }
        }
        settlePipe(of: side, context)
        return false
    }

    /// Bytes that are worth moving unread.
    private static let leastMove = 16 * 1024
    /// Moves after which the others have their turn.
    private static let mostMoves = 16

    /// Sends on what is in the pipe of a side.
    func drain(_ side: Side, _ context: LoopContext) {
        let source = endpoint(side)
        while let pipe = source.pipe, pipe.count > 0 {
            switch endpoint(side.other).socket.drain(pipe, pipe.count) {
            case .value(let count):
                source.passedOn += UInt64(count)
            case .wouldBlock:
                return
            case .failed:
                isBroken(side.other, context)
                return
            }
        }
        settlePipe(of: side, context)
    }

    /// Takes what is in the pipe of a side into memory, for who must know where each byte is.
    func bringBack(_ side: Side, _ context: LoopContext) {
        let source = endpoint(side)
        while let pipe = source.pipe, pipe.count > 0 {
            let count = pipe.read(into: context.scratch)
            guard count > 0 else { break }
            source.backlog.append(UnsafeRawBufferPointer(rebasing: context.scratch[..<count]))
        }
        settlePipe(of: side, context)
    }

    private func pipe(of side: Side, _ context: LoopContext) -> SplicePipe? {
        let source = endpoint(side)
        if source.pipe == nil { source.pipe = try? context.takePipe() }
        return source.pipe
    }

    /// Gives an empty pipe back.
    private func settlePipe(of side: Side, _ context: LoopContext) {
        let source = endpoint(side)
        guard let pipe = source.pipe, pipe.count == 0 else { return }
        context.giveBack(pipe)
        source.pipe = nil
    }
}
