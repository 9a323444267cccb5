import FaultModel

/// A listening socket on a loop that survives running out of descriptors: it leaves clients in the backlog until there is
/// room, and never ends by itself.
///
/// Confined to the thread of its loop.
package final class LoopListener {
    /// What a listener does for its owner.
    package struct Duties {
        /// Takes what serving a connection will need, before one is accepted, so that an accepted client never waits for
        /// something that other accepted clients hold.
        package var prepare: () throws(SystemError) -> Void
        /// Serves a connection.
        package var serve: (consuming AcceptedConnection, LoopContext) throws(SystemError) -> Void
        /// Hears that accepting has paused, and why.
        package var paused: (SystemError, LoopContext) -> Void
        /// Hears that accepting goes on.
        package var resumed: (LoopContext) -> Void

        /// Describes the duties.
        ///
        /// - Parameters:
        ///   - prepare: Takes what serving a connection will need.
        ///   - serve: Serves a connection.
        ///   - paused: Hears that accepting has paused, and why.
        ///   - resumed: Hears that accepting goes on.
        package init(
            prepare: @escaping () throws(SystemError) -> Void,
            serve: @escaping (consuming AcceptedConnection, LoopContext) throws(SystemError) -> Void,
            paused: @escaping (SystemError, LoopContext) -> Void = { _, _ in },
            resumed: @escaping (LoopContext) -> Void = { _ in }
        ) {
            self.prepare = prepare
            self.serve = serve
            self.paused = paused
            self.resumed = resumed
        }
    }

    private var descriptor: Descriptor?
    private var registration: Registration?
    private var duties: Duties?
    private var retry: LoopTimer?
    private var isPaused = false

    /// Connections to accept before the loop looks at others.
    ///
    /// It follows what came: an attempt in vain costs a call, and who is left over is reported again at once.
    private var acceptsPerRound = 1
    private static let mostAcceptsPerRound = 64
    private static let retryInterval = Duration.milliseconds(20)

    /// Takes a listening socket over.
    ///
    /// - Parameter descriptor: The socket.
    package init(_ descriptor: consuming Descriptor) {
        self.descriptor = consume descriptor
        retry = LoopTimer { [weak self] context in self?.acceptAgain(context) }
    }

    /// Begins to accept.
    ///
    /// - Parameters:
    ///   - duties: What to do with connections; closures that hold the owner hold it weakly.
    ///   - context: The loop.
    /// - Throws: ``SystemError`` when the loop cannot watch the socket.
    package func start(_ duties: Duties, on context: LoopContext) throws(SystemError) {
        self.duties = duties
        switch descriptor {
        case .some(let descriptor):
            registration = try context.register(descriptor, .readable) { [weak self] context, _ in
                self?.accept(context)
            }
        case .none: break
        }
    }

    /// Closes the socket; who waits in the backlog is refused.
    ///
    /// - Parameter context: The loop.
    package func close(on context: LoopContext) {
        if let registration { context.unregister(registration) }
        if let retry { context.set(retry, to: nil) }
        registration = nil
        descriptor = nil
        duties = nil
    }

    /// Tries soon whether there is room again; for an owner that is closing something.
    ///
    /// - Parameter context: The loop.
    package func tryAgain(_ context: LoopContext) {
        // The owner may not have closed it yet: timers come after the handler that runs now.
        if isPaused, let retry { context.set(retry, to: context.now) }
    }

    private func acceptAgain(_ context: LoopContext) {
        guard isPaused, let registration, let retry, let duties else { return }
        do {
            // Whether there is room shows only in trying: a pause that goes on is not reported as a new one.
            try checkRoom()
            try duties.prepare()
            let accepted = try acceptNext()
            isPaused = false
            duties.resumed(context)
            context.setInterest(registration, .readable)
            if let accepted { try duties.serve(accepted, context) }
        } catch {
            if isPaused {
                context.set(retry, to: context.now + Self.retryInterval)
            } else {
                pause(because: error, context)
            }
        }
    }

    private func accept(_ context: LoopContext) {
        guard let duties else { return }
        do {
            for _ in 0..<acceptsPerRound {
                try duties.prepare()
                guard let accepted = try acceptNext() else {
                    acceptsPerRound = max(1, acceptsPerRound / 2)
                    return
                }
                let number = accepted.descriptor.number
                try duties.serve(accepted, context)
                try DescriptorRoom.check(behind: number)
            }
            acceptsPerRound = min(Self.mostAcceptsPerRound, acceptsPerRound * 2)
        } catch {
            pause(because: error, context)
        }
    }

    private func acceptNext() throws(SystemError) -> AcceptedConnection? {
        switch descriptor {
        case .some(let descriptor):
            return try TCPSocket.accept(descriptor)
        case .none: return nil
        }
    }

    private func checkRoom() throws(SystemError) {
        switch descriptor {
        case .some(let descriptor): try DescriptorRoom.check(beside: descriptor)
        case .none: break
        }
    }

    private func pause(because error: SystemError, _ context: LoopContext) {
        guard !isPaused, let registration, let retry else { return }
        isPaused = true
        duties?.paused(error, context)
        context.setInterest(registration, .none)
        context.set(retry, to: context.now + Self.retryInterval)
    }
}
