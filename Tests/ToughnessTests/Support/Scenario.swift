#if os(Linux)
import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Glibc
import SocketIO

/// A little of everything that a proxy does, one client after the other.
struct Scenario {
    let proxy: Proxy
    let server: ComingAndGoingServer

    /// How a client fared.
    enum Outcome: String {
        case whole
        /// The connection was reset or ended early; what came until then was right.
        case cut
        /// Neither bytes nor an end came.
        case hung
        case wrong
    }

    /// The time after which a client counts as hung; far more than any of this takes.
    private static let timeout = 15.0

    static let large = pattern(300_000)

    /// Bytes that differ at every position, so that a lost or doubled chunk shows.
    static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    // MARK: The upstream

    /// The server that the scenario needs behind the proxy.
    static func makeServer() -> ComingAndGoingServer {
        ComingAndGoingServer { socket in
            var pending: [UInt8] = []
            while case .bytes(let bytes) = socket.read() {
                pending += bytes
                guard pending.first != 0 else {
                    // No HTTP: everything comes back once the client has finished.
                    socket.send(pending + socket.readAll().bytes)
                    return
                }
                while let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) {
                    let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
                    pending.removeFirst(end.upperBound)
                    guard answer(head, behind: &pending, on: socket) else { return }
                }
            }
        }
    }

    private static func answer(_ head: String, behind pending: inout [UInt8], on socket: RawSocket) -> Bool {
        if head.hasPrefix("POST") {
            while pending.count < large.count {
                guard case .bytes(let bytes) = socket.read() else { return false }
                pending += bytes
            }
            let isWhole = pending.holds(large, at: 0)
            pending.removeFirst(large.count)
            return socket.send(answerBytes(isWhole ? small : [])) == nil
        }
        if head.hasPrefix("PUT") {
            // Takes nothing more, and waits until its peer is gone, but not as long as the test looks for what is left: a
            // proxy that was told a lie about the connection closes it with FIN, which does not pass the bytes before it.
            var wait = pollfd(fd: socket.descriptor, events: Int16(pollHangUp), revents: 0)
            poll(&wait, 1, 4000)
            return false
        }
        if head.hasPrefix("GET /break") {
            socket.send(Array(answerBytes(large).prefix(1000)))
            socket.lingerZero()
            return false
        }
        return socket.send(answerBytes(head.hasPrefix("GET /large") ? large : small)) == nil
    }

    /// POLLRDHUP, which hides behind _GNU_SOURCE: the peer sends no more.
    private static let pollHangUp = 0x2000

    private static let small = Array("fine".utf8)

    private static func answerBytes(_ body: [UInt8]) -> [UInt8] {
        Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    // MARK: The clients

    /// What happens when nothing fails.
    static let undisturbed: [String: Outcome] = [
        "keep-alive 1": .whole, "keep-alive 2": .whole, "keep-alive 3": .whole, "download": .whole, "upload": .whole,
        "half-close": .whole, "reset": .cut, "lifted": .whole, "shaped": .whole, "upstream breaks": .cut,
        "client leaves": .cut, "client leaves bytes behind": .cut, "refusal": .cut, "afterwards": .whole,
    ]

    /// Runs every client.
    ///
    /// - Returns: How each of them fared.
    func run() async throws -> [String: Outcome] {
        var outcomes: [String: Outcome] = [:]
        let connection = try connect()
        for number in 1...3 { outcomes["keep-alive \(number)"] = try await get("/small", Self.small, on: connection) }
        outcomes["download"] = try await get("/large", Self.large, on: connect(receiveBuffer: 4096))
        outcomes["upload"] = try await ask(
            Array("POST / HTTP/1.1\r\nContent-Length: \(Self.large.count)\r\n\r\n".utf8) + Self.large,
            expecting: Self.answerBytes(Self.small), on: connect())
        outcomes["half-close"] = try await halfClose()
        await proxy.arm("reset", ResetDisruption(delay: .milliseconds(2)))
        outcomes["reset"] = try await get("/small", Self.small, on: connect())
        await proxy.arm("reset", ResetDisruption(delay: .seconds(600)))
        outcomes["lifted"] = try await requestThatIsSpared()
        try await proxy.arm([ProxyFault("link", .shape(Self.link))])
        outcomes["shaped"] = try await get("/large", Self.large, on: connect())
        await proxy.lift()
        outcomes["upstream breaks"] = try await get("/break", Self.large, on: connect())
        outcomes["client leaves"] = try await leave()
        outcomes["client leaves bytes behind"] = try await leaveBytesBehind()
        server.leave()
        outcomes["refusal"] = try await get("/small", Self.small, on: connect())
        server.comeBack()
        outcomes["afterwards"] = try await get("/small", Self.small, on: connect())
        return outcomes
    }

    /// One more client.
    func fetch() async throws -> Outcome { try await get("/small", Self.small, on: connect()) }

    private static let link = ShapeDisruption(rate: .megabits(80), burst: .kibibytes(64), limit: .mebibytes(1))

    private func connect(receiveBuffer: Int32? = nil) throws -> RawSocket {
        let socket = try RawSocket(port: proxy.address.port, timeout: Self.timeout, receiveBuffer: receiveBuffer)
        var limit = timeval(tv_sec: Int(Self.timeout), tv_usec: 0)
        setsockopt(socket.descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        return socket
    }

    private func get(_ target: String, _ body: [UInt8], on socket: RawSocket) async throws -> Outcome {
        try await ask(
            Array("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n".utf8), expecting: Self.answerBytes(body), on: socket)
    }

    private func ask(_ request: [UInt8], expecting answer: [UInt8], on socket: RawSocket) async throws -> Outcome {
        try await onThread {
            // What the upstream said before the connection broke is there to be read.
            if socket.send(request) == .failed(EAGAIN) { return .hung }
            return Self.read(answer, from: socket)
        }
    }

    private static func read(_ answer: [UInt8], from socket: RawSocket) -> Outcome {
        var count = 0
        while count < answer.count {
            switch socket.read(answer.count - count) {
            case .bytes(let bytes):
                guard answer.holds(bytes, at: count) else { return .wrong }
                count += bytes.count
            case .timedOut: return .hung
            case .end, .failed: return .cut
            }
        }
        return .whole
    }

    private func halfClose() async throws -> Outcome {
        let socket = try connect()
        return try await onThread {
            let bytes = [0] + Self.large.prefix(5000)
            socket.send(bytes)
            socket.finishSending()
            let outcome = Self.read(bytes, from: socket)
            guard outcome == .whole else { return outcome }
            return switch socket.read() {
            case .end: .whole
            case .timedOut: .hung
            case .bytes: .wrong
            case .failed: .cut
            }
        }
    }

    private func requestThatIsSpared() async throws -> Outcome {
        let socket = try connect()
        let before = proxy.log.tally.requests
        socket.send("GET /small HTTP/1.1\r\n\r\n")
        // A failing call may keep it from coming; lifting does no harm then.
        for _ in 0..<40 where proxy.log.tally.requests == before { try await Task.sleep(for: .milliseconds(5)) }
        await proxy.lift()
        return try await onThread { Self.read(Self.answerBytes(Self.small), from: socket) }
    }

    private func leave() async throws -> Outcome {
        let socket = try connect()
        return try await onThread {
            socket.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf")
            socket.lingerZero()
            return .cut
        }
    }

    /// Resets when nobody takes any more of its bytes.
    private func leaveBytesBehind() async throws -> Outcome {
        let socket = try connect()
        var limit = timeval(tv_sec: 0, tv_usec: 100_000)
        setsockopt(socket.descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        return try await onThread {
            socket.send("PUT / HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n")
            for _ in 0..<200 where socket.send(Self.large) != nil { break }
            socket.lingerZero()
            return .cut
        }
    }
}
#endif
