import SocketIO

/// Something that goes on on a loop until it has its one answer.
///
/// What it registers with the loop keeps it alive. When the loop ends first, the exchange goes, and its ``Reply`` with it.
protocol LoopExchange: AnyObject, SendableMetatype {
    associatedtype Answer: Sendable

    /// Begins.
    func start(_ context: LoopContext)
    /// Ends without having the answer, because nobody waits for it any more.
    func cancel(_ context: LoopContext)
}

/// The place for the one answer of an exchange; without one, it says that the loop has ended.
final class Reply<Answer: Sendable> {
    private var continuation: CheckedContinuation<Answer, any Error>?

    init(to continuation: CheckedContinuation<Answer, any Error>) {
        self.continuation = continuation
    }

    deinit {
        continuation?.resume(throwing: LoopEnded())
    }

    /// Gives the answer; only the first one counts.
    func give(_ answer: Result<Answer, any Error>) {
        continuation.take()?.resume(with: answer)
    }
}

extension EventLoop {
    /// Runs an exchange to its answer; cancelling the task cancels the exchange.
    ///
    /// - Parameter make: Creates the exchange, on the thread of the loop.
    /// - Returns: The answer.
    /// - Throws: What the exchange answers instead, or `LoopEnded` when the loop has ended.
    func exchange<Exchange: LoopExchange>(
        _ make: @escaping @Sendable (Reply<Exchange.Answer>) -> Exchange
    ) async throws -> Exchange.Answer {
        let held = LoopBound(HeldExchange<Exchange>())
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isAccepted = execute { context in
                    let exchange = make(Reply(to: continuation))
                    held.value(on: context).begin(exchange, context)
                }
                if !isAccepted { continuation.resume(throwing: LoopEnded()) }
            }
        } onCancel: {
            execute { context in held.value(on: context).cancel(context) }
        }
    }
}

/// Finds the exchange again when it is to be cancelled, which may come before its start.
private final class HeldExchange<Exchange: LoopExchange> {
    private weak var exchange: Exchange?
    private var isCancelled = false

    func begin(_ exchange: Exchange, _ context: LoopContext) {
        self.exchange = exchange
        if isCancelled { exchange.cancel(context) } else { exchange.start(context) }
    }

    func cancel(_ context: LoopContext) {
        isCancelled = true
        exchange?.cancel(context)
    }
}
