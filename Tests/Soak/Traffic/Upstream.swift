#if os(Linux)
import FaultLabTestSupport

/// The upstream of the soak: HTTP/1.1 after ``Answers``, and an echo for a connection that begins with a zero.
enum Upstream {
    static func start() -> RawServer {
        RawServer { _, _, socket in
            var pending: [UInt8] = []
            while case .bytes(let bytes) = socket.read() {
                if pending.isEmpty { pending = bytes } else { pending += bytes }
                if pending.first == 0 {
                    echo(pending, on: socket)
                    return
                }
                while let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) {
                    let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
                    pending.removeFirst(end.upperBound)
                    let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
                    guard words.count == 3 else { return }
                    let answer: [UInt8]
                    if words[0] == "POST" {
                        guard let isRight = takeUpload(words[1], from: &pending, on: socket) else { return }
                        answer = Answers.answer(toUploadOfRightBytes: isRight)
                    } else {
                        answer = Answers.answer(to: words[1])
                    }
                    guard socket.send(answer) == nil else { return }
                    if head.contains("Connection: close") { return }
                }
            }
        }
    }

    private static func echo(_ first: [UInt8], on socket: RawSocket) {
        guard socket.send(first) == nil else { return }
        while case .bytes(let bytes) = socket.read() { guard socket.send(bytes) == nil else { return } }
    }

    /// Reads the body of an upload, and tells whether it is what its target stands for.
    private static func takeUpload(_ target: Substring, from pending: inout [UInt8], on socket: RawSocket) -> Bool? {
        guard let body = Answers.body(target) else { return false }
        while pending.count < body.count {
            guard case .bytes(let bytes) = socket.read() else { return nil }
            pending += bytes
        }
        defer { pending.removeFirst(body.count) }
        return pending[..<body.count] == body
    }
}
#endif
