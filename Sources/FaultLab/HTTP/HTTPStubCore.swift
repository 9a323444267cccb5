import ResetPeer
import SocketIO

/// The part of a stub that lives on its loop: a listener and its connections.
final class HTTPStubCore {
    private let handler: HTTPStub.Handler
    private let listener: LoopListener
    private var connections: [ObjectIdentifier: HTTPStubConnection] = [:]
    private var requests = 0

    init(listener: consuming Descriptor, handler: @escaping HTTPStub.Handler) {
        self.handler = handler
        self.listener = LoopListener(listener)
    }

    func start(_ context: LoopContext) throws(SystemError) {
        try listener.start(
            LoopListener.Duties(
                prepare: { () throws(SystemError) in },
                serve: { [weak self] accepted, context throws(SystemError) in
                    guard let self else { return }
                    try serve(accepted, context)
                }),
            on: context)
    }

    func end(_ context: LoopContext) {
        listener.close(on: context)
        for connection in Array(connections.values) { connection.close(context) }
    }

    func answer(_ head: RequestHead) -> HTTPStubAnswer {
        requests += 1
        return handler(HTTPStubRequest(method: head.method, target: head.target, number: requests))
    }

    func isOver(_ connection: HTTPStubConnection, _ context: LoopContext) {
        connections[ObjectIdentifier(connection)] = nil
        listener.tryAgain(context)
    }

    private func serve(_ accepted: consuming AcceptedConnection, _ context: LoopContext) throws(SystemError) {
        let descriptor = accepted.takeDescriptor()
        let connection = HTTPStubConnection(LoopSocket(descriptor), core: self)
        try connection.start(context)
        connections[ObjectIdentifier(connection)] = connection
    }
}
