/// A socket that a loop watches; every operation is harmless once it is closed.
///
/// Confined to the thread of its loop.
package final class LoopSocket {
    private var descriptor: Descriptor?
    private var registration: Registration?

    /// Takes a socket over.
    ///
    /// - Parameter descriptor: The socket; nobody duplicates it, because an RST leaves with the last duplicate.
    package init(_ descriptor: consuming Descriptor) {
        self.descriptor = consume descriptor
    }

    /// Whether the socket is open.
    package var isOpen: Bool {
        switch descriptor {
        case .some: true
        case .none: false
        }
    }

    // MARK: The loop

    /// Has the loop watch the socket.
    ///
    /// - Parameters:
    ///   - interest: What to wait for.
    ///   - context: The loop.
    ///   - handler: Called on the loop for each event.
    /// - Throws: ``SystemError`` when the system cannot watch more.
    package func watch(
        _ interest: Readiness, on context: LoopContext, handler: @escaping (LoopContext, Readiness) -> Void
    ) throws(SystemError) {
        switch descriptor {
        case .some(let descriptor) where registration == nil:
            registration = try context.register(descriptor, interest, handler: handler)
        default: break
        }
    }

    /// Changes what the loop waits for.
    ///
    /// - Parameters:
    ///   - interest: What to wait for.
    ///   - context: The loop.
    package func setInterest(_ interest: Readiness, on context: LoopContext) {
        if let registration { context.setInterest(registration, interest) }
    }

    /// Has the loop watch the socket and report changes.
    ///
    /// - Parameters:
    ///   - interest: What to wait for.
    ///   - context: The loop.
    ///   - handler: Told on the loop of each event, see ``LoopContext/register(_:_:handler:tag:reportsChanges:)``.
    ///   - tag: A number that the handler is told with each event.
    /// - Throws: ``SystemError`` when the system cannot watch more.
    package func watch(
        _ interest: Readiness, on context: LoopContext, handler: any LoopHandler, tag: UInt8
    ) throws(SystemError) {
        switch descriptor {
        case .some(let descriptor) where registration == nil:
            registration = try context.register(descriptor, interest, handler: handler, tag: tag, reportsChanges: true)
        default: break
        }
    }

    /// Has the loop report again what is ready; for a handler that has left something unread.
    ///
    /// - Parameter context: The loop.
    package func reportAgain(on context: LoopContext) {
        if let registration { context.reportAgain(registration) }
    }

    /// Has the loop no longer watch the socket.
    ///
    /// - Parameter context: The loop.
    package func unwatch(on context: LoopContext) {
        if let registration { context.unregister(registration) }
        registration = nil
    }

    // MARK: Connecting

    /// Begins to connect.
    ///
    /// - Parameter address: The peer.
    /// - Returns: Whether the connection stands already; otherwise the socket becomes writable when it is decided.
    /// - Throws: ``SystemError``.
    package func connect(to address: TCPAddress) throws(SystemError) -> Bool {
        switch descriptor {
        case .some(let descriptor): try TCPSocket.connect(descriptor, to: address)
        case .none: false
        }
    }

    /// Gives the socket away.
    ///
    /// - Parameter context: The loop.
    /// - Returns: The socket, unless it is closed.
    package func release(on context: LoopContext) -> Descriptor? {
        unwatch(on: context)
        return descriptor.take()
    }

    // MARK: Bytes

    /// Reads what is there.
    ///
    /// - Parameter buffer: Where the bytes go.
    /// - Returns: The count of bytes; 0 at the end of the stream.
    package func receive(into buffer: UnsafeMutableRawBufferPointer) -> SystemAnswer {
        switch descriptor {
        case .some(let descriptor): TCPSocket.receive(descriptor, into: buffer)
        case .none: .wouldBlock
        }
    }

    /// Writes as much as the system takes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - more: Whether something that belongs to them follows at once, other bytes or an end.
    /// - Returns: The count of bytes taken.
    package func send(_ bytes: UnsafeRawBufferPointer, more: Bool = false) -> SystemAnswer {
        switch descriptor {
        case .some(let descriptor): TCPSocket.send(descriptor, bytes, more: more)
        case .none: .wouldBlock
        }
    }

    /// Moves what is there into a pipe.
    ///
    /// - Parameters:
    ///   - pipe: The pipe.
    ///   - most: The most bytes to move.
    /// - Returns: The count of bytes; 0 at the end of the stream, and where reading has to show what there is.
    package func fill(_ pipe: SplicePipe, _ most: Int) -> SystemAnswer {
        switch descriptor {
        case .some(let descriptor): pipe.fill(from: descriptor, most)
        case .none: .wouldBlock
        }
    }

    /// Moves bytes out of a pipe, as many as the system takes.
    ///
    /// - Parameters:
    ///   - pipe: The pipe.
    ///   - most: The most bytes to move.
    /// - Returns: The count of bytes taken.
    package func drain(_ pipe: SplicePipe, _ most: Int) -> SystemAnswer {
        switch descriptor {
        case .some(let descriptor): pipe.drain(to: descriptor, most)
        case .none: .wouldBlock
        }
    }

    /// The error that the system keeps for the socket, or 0; asking clears it.
    package var pendingError: Int32 {
        switch descriptor {
        case .some(let descriptor): TCPSocket.connectOutcome(descriptor)
        case .none: 0
        }
    }

    /// Bytes sent that have not reached the peer's system yet.
    package var unacknowledged: Int {
        switch descriptor {
        case .some(let descriptor): TCPSocket.unacknowledged(descriptor)
        case .none: 0
        }
    }

    /// Bytes that have come from the peer and were not read.
    package var unread: Int {
        switch descriptor {
        case .some(let descriptor): TCPSocket.unread(descriptor)
        case .none: 0
        }
    }

    // MARK: Ends

    /// Sends FIN and keeps reading.
    ///
    /// - Returns: Whether the system has sent it, or will; it does not for a connection that is gone.
    @discardableResult
    package func finishSending() -> Bool {
        switch descriptor {
        case .some(let descriptor): TCPSocket.finishSending(descriptor)
        case .none: true
        }
    }

    /// Closes with FIN, so far as the system allows: bytes that came and were never read make it send RST.
    ///
    /// - Parameter context: The loop.
    package func close(on context: LoopContext) {
        if let registration { context.forget(registration) }
        registration = nil
        descriptor = nil
    }

    /// Closes with RST.
    ///
    /// - Parameter context: The loop.
    package func reset(on context: LoopContext) {
        if let registration { context.forget(registration) }
        registration = nil
        if let descriptor = descriptor.take() { TCPSocket.reset(descriptor) }
    }

    /// Closes so that the peer reads an end of stream although bytes of it were not read before.
    ///
    /// - Parameter context: The loop.
    /// - Returns: Bytes that were read and thrown away.
    @discardableResult
    package func closeAfterReading(on context: LoopContext) -> Int {
        finishSending()
        var thrownAway = 0
        for _ in 0..<64 {
            guard case .value(let count) = receive(into: context.scratch), count > 0 else { break }
            thrownAway += count
        }
        close(on: context)
        return thrownAway
    }
}
