import SocketIO

/// Connects to the first of several addresses that accepts.
///
/// Confined to the thread of its loop. The registration of its socket keeps it alive, and it keeps whom it tells.
final class ProbeConnector {
    private var untried: ArraySlice<TCPAddress>
    private var socket: LoopSocket?
    private var tell: ((LoopContext, Result<LoopSocket, ProbeFlaw>) -> Void)?

    init(
        addresses: [TCPAddress], tell: @escaping (LoopContext, Result<LoopSocket, ProbeFlaw>) -> Void
    ) {
        untried = addresses[...]
        self.tell = tell
    }

    func start(_ context: LoopContext) {
        guard let address = untried.popFirst() else {
            finish(.failure(ProbeFlaw("no address to connect to")), context)
            return
        }
        do throws(SystemError) {
            let descriptor = try TCPSocket.make(for: address)
            let isConnected = try TCPSocket.connect(descriptor, to: address)
            let socket = LoopSocket(descriptor)
            self.socket = socket
            if isConnected {
                finish(.success(socket), context)
            } else {
                try socket.watch(.writable, on: context) { [self] context, _ in decide(address, context) }
            }
        } catch {
            fail(error, context)
        }
    }

    /// Gives up; nobody is told.
    func cancel(_ context: LoopContext) {
        tell = nil
        socket?.close(on: context)
    }

    private func decide(_ address: TCPAddress, _ context: LoopContext) {
        guard let socket else { return }
        let number = socket.pendingError
        if number == 0 {
            socket.unwatch(on: context)
            finish(.success(socket), context)
        } else {
            fail(SystemError(attempt: "connect to \(address)", number: number), context)
        }
    }

    private func fail(_ error: SystemError, _ context: LoopContext) {
        socket.take()?.close(on: context)
        if untried.isEmpty {
            finish(.failure(ProbeFlaw(error.description)), context)
        } else {
            start(context)
        }
    }

    private func finish(_ result: Result<LoopSocket, ProbeFlaw>, _ context: LoopContext) {
        socket = nil
        tell.take()?(context, result)
    }
}
