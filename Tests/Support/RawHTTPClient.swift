/// An HTTP/1.1 client on one raw socket: it never retries, never reconnects, and says how the connection ended.
///
/// It blocks, so it belongs on a thread of its own.
package final class RawHTTPClient: @unchecked Sendable {
    package let socket: RawSocket
    private var pending: [UInt8] = []

    package struct Answer: Equatable, Sendable {
        package let status: Int
        package let head: String
        package let body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    package enum Outcome: Equatable, Sendable {
        case answered(Answer)
        case ended(RawSocket.Read)
        /// What came where a status line was due.
        case nonsense(String)

        package var status: Int? { if case .answered(let answer) = self { answer.status } else { nil } }
        package var text: String? { if case .answered(let answer) = self { answer.text } else { nil } }
    }

    package init(port: Int, timeout: Double = 30) throws {
        socket = try RawSocket(port: port, timeout: timeout)
    }

    /// Sends a request; what the system said otherwise.
    @discardableResult
    package func send(_ method: String, _ target: String) -> RawSocket.Read? {
        socket.send("\(method) \(target) HTTP/1.1\r\nHost: test\r\n\r\n")
    }

    /// Sends a request and reads its answer.
    package func ask(_ target: String, method: String = "GET") -> Outcome {
        if let refusal = send(method, target) { return .ended(refusal) }
        return readAnswer(to: method)
    }

    /// Reads the next answer; more that has come stays for the next call.
    package func readAnswer(to method: String = "GET") -> Outcome {
        let blankLine = Array("\r\n\r\n".utf8)
        var headEnd = pending.firstRange(of: blankLine)?.upperBound
        while headEnd == nil {
            if let ending = readMore() { return .ended(ending) }
            headEnd = pending.firstRange(of: blankLine)?.upperBound
        }
        let head = String(decoding: pending[..<(headEnd ?? 0)], as: UTF8.self)
        pending.removeFirst(headEnd ?? 0)
        guard head.hasPrefix("HTTP/1.") else { return .nonsense(head) }
        let fields = head.split(separator: "\r\n")
        let status = fields.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let length = fields.lazy.compactMap { $0.split(separator: "Content-Length: ").first.flatMap { Int($0) } }.first
        let count = method == "HEAD" ? 0 : length ?? 0
        while pending.count < count {
            if let ending = readMore() { return .ended(ending) }
        }
        defer { pending.removeFirst(count) }
        return .answered(Answer(status: status, head: head, body: Array(pending[..<count])))
    }

    private func readMore() -> RawSocket.Read? {
        switch socket.read() {
        case .bytes(let bytes):
            pending += bytes
            return nil
        case let ending: return ending
        }
    }
}

/// Sends one GET on a connection of its own, off the pool of the test process.
package func fetch(_ target: String, port: Int, timeout: Double = 30) async throws -> RawHTTPClient.Outcome {
    try await onThread { try RawHTTPClient(port: port, timeout: timeout).ask(target) }
}
