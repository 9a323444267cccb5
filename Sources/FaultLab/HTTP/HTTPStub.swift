public import SocketIO

/// A small HTTP/1.1 server for tests that need an upstream: it answers what a closure says, and closes nothing early.
///
/// ```swift
/// try await withHTTPStub { request in
///     request.target == "/health" ? .ok() : .ok("price: 7")
/// } _: { stub in … }
/// ```
///
/// It keeps connections alive, takes pipelined requests, and reads bodies without keeping them. It lives on an event
/// loop of its own, so it needs no thread of the test's pool.
public final class HTTPStub: Sendable {
    /// Says what to answer.
    ///
    /// It runs on the loop of the stub and must not block.
    public typealias Handler = @Sendable (HTTPStubRequest) -> HTTPStubAnswer

    /// The address that the stub listens on.
    public let address: TCPAddress

    private let loop: EventLoop
    private let core: LoopBound<HTTPStubCore>

    fileprivate init(_ handler: @escaping Handler) throws(SystemError) {
        let listener = try TCPSocket.listen(on: .loopback())
        address = try TCPSocket.localAddress(listener)
        loop = try EventLoop(clock: MonotonicClock())
        core = LoopBound(HTTPStubCore(listener: listener, handler: handler))
    }

    fileprivate func start() async throws {
        try await loop.run { [core] context in try core.value(on: context).start(context) }
    }

    fileprivate func end() async {
        _ = try? await loop.run { [core] context in core.value(on: context).end(context) }
        await loop.end()
    }
}

/// A request as a stub sees it.
public struct HTTPStubRequest: Hashable, Sendable {
    /// The method, as in `GET`.
    public let method: String
    /// The target as sent, as in `/price?currency=EUR`.
    public let target: String
    /// The number of the request at this stub, from 1 in order of arrival.
    public let number: Int
}

/// What a stub answers.
public struct HTTPStubAnswer: Hashable, Sendable {
    /// The status.
    public var status: Int
    /// The body.
    public var body: [UInt8]
    /// The time between the request and the answer, not negative: the work of the upstream.
    public var delay: Duration

    /// Describes an answer.
    ///
    /// - Parameters:
    ///   - status: The status, 200 to 599.
    ///   - body: The body.
    ///   - delay: The time between the request and the answer, not negative.
    public init(status: Int, body: [UInt8] = [], delay: Duration = .zero) {
        self.status = status
        self.body = body
        self.delay = delay
    }

    /// An answer with status 200.
    ///
    /// - Parameters:
    ///   - text: The body.
    ///   - delay: The time between the request and the answer, not negative.
    /// - Returns: The answer.
    public static func ok(_ text: String = "ok", after delay: Duration = .zero) -> HTTPStubAnswer {
        HTTPStubAnswer(status: 200, body: Array(text.utf8), delay: delay)
    }

    /// The bytes on the wire.
    func encoded(for method: String, closing: Bool) -> [UInt8] {
        // RFC 9110 sections 15.3.5 and 15.4.5: the next answer begins right behind these heads, and a client would take
        // a body for its beginning.
        let hasBody = method != "HEAD" && status != 204 && status != 304
        let length = status == 204 ? "" : "Content-Length: \(body.count)\r\n"
        let end = closing ? "Connection: close\r\n" : ""
        let head = "HTTP/1.1 \(status) Stub\r\nContent-Type: text/plain\r\n\(length)\(end)\r\n"
        return Array(head.utf8) + (hasBody ? body : [])
    }
}

/// Runs a stub for the length of a closure.
///
/// - Parameters:
///   - handler: Says what to answer; it runs on the loop of the stub and must not block.
///   - body: The work; it gets the stub.
/// - Returns: What the closure returns.
/// - Throws: `SystemError` when the system has no port or descriptor left, or what the closure throws.
public func withHTTPStub<Result>(
    _ handler: @escaping HTTPStub.Handler, _ body: (HTTPStub) async throws -> Result
) async throws -> Result {
    let stub = try HTTPStub(handler)
    do {
        try await stub.start()
        let result = try await body(stub)
        await stub.end()
        return result
    } catch {
        await stub.end()
        throw error
    }
}
