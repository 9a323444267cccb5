import ResetPeer
import SocketIO

/// One side of a proxied connection: its socket, and what has come from it.
///
/// Confined to the thread of its loop.
final class Endpoint {
    let socket: LoopSocket
    /// Whether the socket is connected.
    var isConnected: Bool
    /// Bytes read from this side.
    var received: UInt64 = 0
    /// Bytes that came from this side and were sent on to the other.
    var passedOn: UInt64 = 0
    /// Bytes that came from this side and wait.
    var backlog = ByteBacklog()
    /// Bytes that came behind those, and pass or wait without having been read.
    var pipe: SplicePipe?
    /// Whether so much comes that it is worth a pipe.
    var isBulk = false
    /// How this side stopped sending.
    var end: StreamEnd?
    /// Whether the side hung up while its bytes had to wait in the socket.
    var hasHungUp = false
    /// Whether bytes, or an end, may have been left in the socket although they were reported.
    var isLeftUnread = false
    /// Whether the side takes no more bytes because its connection broke.
    var isBroken = false
    /// Whether the end of this side's stream has been carried to the other side.
    var endIsCarried = false

    init(_ descriptor: consuming Descriptor, isConnected: Bool) {
        socket = LoopSocket(descriptor)
        self.isConnected = isConnected
    }

    /// Bytes that came from this side and wait.
    var waiting: Int { backlog.count + (pipe?.count ?? 0) }

    /// Lets go of what waits.
    func discardWaiting() {
        backlog.removeAll()
        pipe = nil
    }

    /// Whether the side is connected, has not ended, and nothing of it waits.
    var isAtEase: Bool {
        guard isConnected, !isBroken, !hasHungUp, !isLeftUnread, backlog.isEmpty, case .none = pipe, case .none = end
        else { return false }
        return true
    }

    /// Closes so that the peer reads an end of stream, and counts what it had still sent.
    func closeAfterReading(on context: LoopContext) {
        received += UInt64(socket.closeAfterReading(on: context))
    }
}
