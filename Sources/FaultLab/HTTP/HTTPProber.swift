import FaultModel
import ResetPeer
import SocketIO

/// Asks one question over HTTP/1.1 on a connection of its own.
///
/// Probes do not use the platform's client: it may retry behind the caller's back, and on Linux it ends the process when
/// the head of an answer is cut.
struct HTTPProber: Sendable {
    let loop: EventLoop

    /// What came back.
    struct Answer: Hashable, Sendable {
        let status: Int
        let elapsed: Duration
    }

    /// Sends a GET and reads the answer to its end.
    ///
    /// - Parameters:
    ///   - target: The target, as in `/health`.
    ///   - address: Where to connect.
    ///   - timeout: The longest time for all of it.
    /// - Returns: The answer.
    /// - Throws: ``HTTPProbeError`` with what happened instead.
    func get(_ target: String, at address: TCPAddress, timeout: Duration) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = loop.execute { context in
                HTTPProbeExchange(target: target, address: address, timeout: timeout) { result in
                    continuation.resume(with: result)
                }.start(context)
            }
            if !isAccepted { continuation.resume(throwing: LoopEnded()) }
        }
    }
}

/// Why a probe got no answer, or another one than it asked for.
public struct HTTPProbeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked, and what happened instead.
    public let description: String
}

/// The exchange of one probe.
///
/// The loop's registration of its socket keeps it alive; when the loop ends first, the exchange fails.
private final class HTTPProbeExchange {
    private let target: String
    private let address: TCPAddress
    private let timeout: Duration
    private var tell: ((Result<HTTPProber.Answer, any Error>) -> Void)?

    private var socket: LoopSocket?
    private var isConnected = false
    private var unsent = ByteBacklog()
    private var responses = ResponseRecognizer()
    private var status: Int?
    private var started = Timestamp.zero
    private var timer: LoopTimer?

    init(
        target: String, address: TCPAddress, timeout: Duration,
        tell: @escaping (Result<HTTPProber.Answer, any Error>) -> Void
    ) {
        self.target = target
        self.address = address
        self.timeout = timeout
        self.tell = tell
    }

    deinit {
        tell?(.failure(LoopEnded()))
    }

    func start(_ context: LoopContext) {
        started = context.now
        let request = "GET \(target) HTTP/1.1\r\nHost: \(address)\r\nConnection: close\r\n\r\n"
        Array(request.utf8).withUnsafeBytes { unsent.append($0) }
        let timer = LoopTimer { [weak self] context in
            guard let self else { return }
            fail("no answer within \(timeout)", context)
        }
        self.timer = timer
        context.set(timer, to: context.now + timeout)
        do {
            let descriptor = try TCPSocket.make(for: address)
            isConnected = try TCPSocket.connect(descriptor, to: address)
            let socket = LoopSocket(descriptor)
            self.socket = socket
            try socket.watch(.writable, on: context) { [self] context, readiness in
                isReady(readiness, context)
            }
        } catch {
            fail(error.description, context)
        }
    }

    private func isReady(_ readiness: Readiness, _ context: LoopContext) {
        guard let socket else { return }
        if !isConnected {
            let error = socket.pendingError
            guard error == 0 else {
                fail(SystemError(attempt: "connect", number: error).description, context)
                return
            }
            isConnected = true
        }
        if !unsent.isEmpty {
            switch unsent.withFirst(.max, { socket.send($0) }) {
            case .value(let count): unsent.removeFirst(count)
            case .wouldBlock: return
            case .failed(let number):
                fail(SystemError(attempt: "send", number: number).description, context)
                return
            }
        }
        socket.setInterest(unsent.isEmpty ? .readable : .writable, on: context)
        guard readiness.contains(.readable) || readiness.contains(.hangup) else { return }
        switch socket.receive(into: context.scratch) {
        case .wouldBlock: return
        case .failed(let number): fail(SystemError(attempt: "receive", number: number).description, context)
        case .value(0):
            if let status, responses.endsWithConnection {
                succeed(status, context)
            } else {
                fail("the connection ended without an answer", context)
            }
        case .value(let count):
            read(UnsafeRawBufferPointer(rebasing: context.scratch[..<count]), context)
        }
    }

    private func read(_ bytes: UnsafeRawBufferPointer, _ context: LoopContext) {
        var index = 0
        while let mark = responses.advance(bytes, from: &index, answering: .other) {
            switch mark {
            case .status(let status): self.status = status
            case .interimEnd: continue
            case .end, .switched:
                succeed(status ?? 0, context)
                return
            case .unreadable(let why):
                fail("an answer that is no HTTP: \(why)", context)
                return
            }
        }
    }

    private func succeed(_ status: Int, _ context: LoopContext) {
        finish(.success(HTTPProber.Answer(status: status, elapsed: context.clock.now - started)), context)
    }

    private func fail(_ why: String, _ context: LoopContext) {
        finish(.failure(HTTPProbeError(description: "GET \(target) at \(address): \(why)")), context)
    }

    private func finish(_ result: Result<HTTPProber.Answer, any Error>, _ context: LoopContext) {
        if let timer { context.set(timer, to: nil) }
        socket?.close(on: context)
        tell.take()?(result)
    }
}
