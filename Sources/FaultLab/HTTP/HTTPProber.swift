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
        /// The body as far as it was kept.
        let body: [UInt8]
        /// Whether the body was longer than what was to be kept; the rest was not waited for.
        let isCut: Bool
        /// The time from the first connect to the end of the answer.
        let elapsed: Duration
    }

    /// Sends a request and reads the answer to its end.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - addresses: Where to connect; the first that accepts.
    ///   - limit: The longest body that is kept, in bytes; `nil` reads on to the end and keeps nothing.
    ///   - timeout: The longest time for all of it; `nil` leaves it to the cancellation of the task.
    /// - Returns: The answer.
    /// - Throws: ``HTTPProbeError`` with what happened instead, or `CancellationError`.
    func ask(
        _ request: HTTPProberRequest, at addresses: [TCPAddress], keeping limit: Int? = nil, timeout: Duration? = nil
    ) async throws -> Answer {
        try await loop.exchange { reply in
            HTTPProberExchange(request, at: addresses, keeping: limit, timeout: timeout, reply: reply)
        }
    }
}

/// Why a probe got no answer, or another one than it asked for.
public struct HTTPProbeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked, and what happened instead.
    public let description: String
}
