import FaultModel
import ResetPeer
import SocketIO

/// The exchange of one HTTP probe: connect, send, read to the end of the answer.
final class HTTPProberExchange: LoopExchange {
    typealias Answer = HTTPProber.Answer

    private let request: HTTPProberRequest
    private let addresses: [TCPAddress]
    private let limit: Int?
    private let timeout: Duration?
    private let reply: Reply<Answer>

    private weak var connector: ProbeConnector?
    private var socket: LoopSocket?
    private var unsent = ByteBacklog()
    private var sendError: SystemError?
    private var responses = ResponseRecognizer()
    private var status: Int?
    private var body: HTTPProberBody?
    private var started = Timestamp.zero
    private var timer: LoopTimer?

    init(
        _ request: HTTPProberRequest, at addresses: [TCPAddress], keeping limit: Int?, timeout: Duration?,
        reply: Reply<Answer>
    ) {
        self.request = request
        self.addresses = addresses
        self.limit = limit
        self.timeout = timeout
        self.reply = reply
    }

    func start(_ context: LoopContext) {
        started = context.now
        request.bytes.withUnsafeBytes { unsent.append($0) }
        if let timeout {
            let timer = LoopTimer { [weak self] context in self?.fail("no answer within \(timeout)", context) }
            self.timer = timer
            context.set(timer, to: context.now + timeout)
        }
        let connector = ProbeConnector(addresses: addresses) { [self] context, result in
            switch result {
            case .success(let socket): converse(over: socket, context)
            case .failure(let flaw): fail(flaw.description, context)
            }
        }
        self.connector = connector
        connector.start(context)
    }

    func cancel(_ context: LoopContext) {
        finish(.failure(CancellationError()), context)
    }

    private func converse(over socket: LoopSocket, _ context: LoopContext) {
        self.socket = socket
        do throws(SystemError) {
            try socket.watch(.writable, on: context) { [self] context, readiness in isReady(readiness, context) }
        } catch {
            fail(error.description, context)
        }
    }

    private func isReady(_ readiness: Readiness, _ context: LoopContext) {
        guard let socket else { return }
        if !unsent.isEmpty {
            switch unsent.withFirst(.max, { socket.send($0) }) {
            case .value(let count): unsent.removeFirst(count)
            case .wouldBlock: break
            case .failed(let number):
                // A server that refuses a long request answers and hangs up; the answer can still be read.
                sendError = SystemError(attempt: "send", number: number)
                unsent.removeAll()
            }
        }
        // The answer may begin while the request is still being sent.
        socket.setInterest(unsent.isEmpty ? .readable : .readable | .writable, on: context)
        guard readiness.contains(.readable) || readiness.contains(.hangup) || sendError != nil else { return }
        switch socket.receive(into: context.scratch) {
        case .wouldBlock:
            if let sendError { fail(sendError.description, context) }
        case .failed(let number):
            fail((sendError ?? SystemError(attempt: "receive", number: number)).description, context)
        case .value(0):
            if status != nil, responses.endsWithConnection {
                succeed(context)
            } else {
                fail(sendError?.description ?? "the connection ended without an answer", context)
            }
        case .value(let count):
            read(UnsafeRawBufferPointer(rebasing: context.scratch[..<count]), context)
        }
    }

    private func read(_ bytes: UnsafeRawBufferPointer, _ context: LoopContext) {
        var index = 0
        while true {
            let start = index
            let mark = responses.advance(bytes, from: &index, answering: request.kind)
            body?.append(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
            switch mark {
            case .status(let status):
                self.status = status
                body = limit.map { HTTPProberBody(limit: $0) }
            case .interimEnd:
                status = nil
                body = nil
            case .end, .switched:
                succeed(context)
                return
            case .unreadable(let why):
                fail("an answer that is no HTTP: \(why)", context)
                return
            case nil:
                // What is kept is full: whoever sends without end would never be judged otherwise.
                if body?.isCut == true { succeed(context) }
                return
            }
        }
    }

    private func succeed(_ context: LoopContext) {
        let answer = HTTPProber.Answer(
            status: status ?? 0, body: body?.bytes ?? [], isCut: body?.isCut ?? false,
            elapsed: context.clock.now - started)
        finish(.success(answer), context)
    }

    private func fail(_ why: String, _ context: LoopContext) {
        finish(.failure(HTTPProbeError(description: "\(request.summary): \(why)")), context)
    }

    private func finish(_ result: Result<HTTPProber.Answer, any Error>, _ context: LoopContext) {
        if let timer { context.set(timer, to: nil) }
        connector?.cancel(context)
        socket?.close(on: context)
        reply.give(result)
    }
}
