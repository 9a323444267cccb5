import ResetPeer
import SocketIO

/// One side of a proxied connection: its socket, and what has come from it.
///
/// Confined to the thread of its loop.
final class Endpoint {
    private var descriptor: Descriptor?
    private var registration: Registration?

    /// Whether the socket is connected.
    var isConnected: Bool
    /// Bytes read from this side.
    var received: UInt64 = 0
    /// Bytes that came from this side and were sent on to the other.
    var passedOn: UInt64 = 0
    /// Bytes that came from this side and wait.
    var backlog = ByteBacklog()
    /// How this side stopped sending.
    var end: StreamEnd?
    /// Whether the end of this side's stream has been carried to the other side.
    var endIsCarried = false

    init(_ descriptor: consuming Descriptor, isConnected: Bool) {
        self.descriptor = consume descriptor
        self.isConnected = isConnected
    }

    /// Whether the socket is open.
    var isOpen: Bool {
        switch descriptor {
        case .some: true
        case .none: false
        }
    }

    /// Whether the loop watches the socket.
    var isWatched: Bool { registration != nil }

    // MARK: The loop

    func watch(
        _ interest: Readiness, on context: LoopContext, handler: @escaping (LoopContext, Readiness) -> Void
    ) throws(SystemError) {
        switch descriptor {
        case .some(let descriptor) where registration == nil:
            registration = try context.register(descriptor, interest, handler: handler)
        default: break
        }
    }

    func setInterest(_ interest: Readiness, on context: LoopContext) {
        if let registration { context.setInterest(registration, interest) }
    }

    func unwatch(on context: LoopContext) {
        if let registration { context.unregister(registration) }
        registration = nil
    }

    // MARK: The socket

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> SystemAnswer<Int> {
        switch descriptor {
        case .some(let descriptor): TCPSocket.receive(descriptor, into: buffer)
        case .none: .wouldBlock
        }
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> SystemAnswer<Int> {
        switch descriptor {
        case .some(let descriptor): TCPSocket.send(descriptor, bytes)
        case .none: .wouldBlock
        }
    }

    /// The error that the system keeps for the socket, or 0; asking clears it.
    var pendingError: Int32 {
        switch descriptor {
        case .some(let descriptor): TCPSocket.connectOutcome(descriptor)
        case .none: 0
        }
    }

    /// Whether everything sent on this socket has reached the peer's system.
    var isAcknowledged: Bool {
        switch descriptor {
        case .some(let descriptor): TCPSocket.unacknowledged(descriptor) == 0
        case .none: true
        }
    }

    func finishSending() {
        switch descriptor {
        case .some(let descriptor): TCPSocket.finishSending(descriptor)
        case .none: break
        }
    }

    /// Closes with FIN, so far as the system allows: bytes that came and were never read make it send RST.
    func close(on context: LoopContext) {
        unwatch(on: context)
        descriptor = nil
    }

    /// Closes with RST.
    func reset(on context: LoopContext) {
        unwatch(on: context)
        if let descriptor = descriptor.take() { TCPSocket.reset(descriptor) }
    }

    /// Closes so that the peer reads an end of stream although bytes of it were never read.
    func closeAfterReading(on context: LoopContext) {
        finishSending()
        drain: for _ in 0..<64 {
            guard case .value(let count) = receive(into: context.scratch), count > 0 else { break drain }
            received += UInt64(count)
        }
        close(on: context)
    }
}
