#if os(Linux)
import FaultLabTestSupport
import FaultModel
import Foundation
import Glibc

/// What one client does on one connection.
enum Visit: CaseIterable {
    case keepAlive, short, download, upload, pipelined, halfClose, chunked, slowReader, opaque, rudeInRequest
    case rudeInAnswer, idle

    /// How a visit ended.
    enum Outcome: Equatable {
        /// Every byte that was due came.
        case whole
        /// The connection was reset; what came before was right.
        case reset
        /// The client itself left early.
        case left
        /// What should not happen.
        case wrong(String)
    }

    /// Makes the visit; it blocks.
    ///
    /// - Parameters:
    ///   - port: The port of the proxy.
    ///   - generator: What sizes and counts are drawn from.
    /// - Returns: How it ended.
    func run(port: Int, _ generator: inout SplitMix64) -> Outcome {
        let socket: RawSocket
        do {
            socket = try RawSocket(port: port, timeout: 60, receiveBuffer: self == .slowReader ? 4096 : nil)
        } catch {
            return .wrong("connect: \(error)")
        }
        let offset = Int.random(in: 0...4096, using: &generator)
        let small = Int.random(in: 0...3000, using: &generator)
        let large = Int.random(in: 100_000...Answers.longest, using: &generator)
        switch self {
        case .keepAlive:
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                let outcome = Self.get("/sized/\(offset)/\(small)", on: socket)
                if outcome != .whole { return outcome }
            }
            return .whole
        case .short:
            return Self.get("/sized/\(offset)/\(small)", "Connection: close\r\n", on: socket, toItsEnd: true)
        case .download: return Self.get("/sized/\(offset)/\(large)", on: socket)
        case .chunked: return Self.get("/chunked/\(offset)/\(large / 4)", on: socket)
        case .halfClose: return Self.get("/sized/\(offset)/\(large / 8)", on: socket, finishing: true, toItsEnd: true)
        case .slowReader: return Self.get("/sized/\(offset)/\(large / 16)", on: socket, pausing: 1000)
        case .upload:
            let body = Answers.body("/sized/\(offset)/\(large)") ?? []
            let head = "POST /sized/\(offset)/\(large) HTTP/1.1\r\nContent-Length: \(large)\r\n\r\n"
            let refusal = socket.send(Array(head.utf8) + body)
            return Self.take(Answers.answer(toUploadOfRightBytes: true), from: socket, after: refusal)
        case .pipelined:
            let count = Int.random(in: 2...200, using: &generator)
            let target = "/sized/\(offset)/\(small / 4)"
            let refusal = socket.send(String(repeating: "GET \(target) HTTP/1.1\r\n\r\n", count: count))
            let answer = Answers.answer(to: target[...])
            for _ in 0..<count {
                let outcome = Self.take(answer, from: socket, after: refusal)
                if outcome != .whole { return outcome }
            }
            return .whole
        case .opaque:
            let bytes = [0] + (Answers.body("/sized/\(offset)/\(large / 32)") ?? [])
            // Less than the buffers on the way hold, or nobody would read what comes back.
            let refusal = socket.send(Array(bytes.prefix(60_000)))
            return Self.take(Array(bytes.prefix(60_000)), from: socket, after: refusal)
        case .rudeInRequest:
            socket.send("POST /sized/0/1000 HTTP/1.1\r\nContent-Length: 1000\r\n\r\nhalf")
            socket.lingerZero()
            return .left
        case .rudeInAnswer:
            socket.send("GET /sized/\(offset)/\(large) HTTP/1.1\r\n\r\n")
            _ = socket.read(1000)
            socket.lingerZero()
            return .left
        case .idle:
            usleep(20_000)
            return .left
        }
    }

    private static func get(
        _ target: String, _ fields: String = "", on socket: RawSocket, finishing: Bool = false, toItsEnd: Bool = false,
        pausing pause: UInt32 = 0
    ) -> Outcome {
        let refusal = socket.send("GET \(target) HTTP/1.1\r\nHost: soak\r\n\(fields)\r\n")
        if finishing { socket.finishSending() }
        let outcome = take(Answers.answer(to: target[...]), from: socket, after: refusal, pausing: pause)
        guard outcome == .whole, toItsEnd else { return outcome }
        return switch socket.read() {
        case .end: .whole
        case .reset, .failed(EPIPE): .reset
        case let other: .wrong("\(other) where the end was due")
        }
    }

    /// Reads these bytes and no others.
    ///
    /// - Parameters:
    ///   - expected: The bytes.
    ///   - socket: Where they come from.
    ///   - refusal: What the system said to the request; it tells of a reset once, and reading then finds an end.
    ///   - pause: Microseconds between two reads.
    /// - Returns: Whether they came.
    private static func take(
        _ expected: [UInt8], from socket: RawSocket, after refusal: RawSocket.Read?, pausing pause: UInt32 = 0
    ) -> Outcome {
        var count = 0
        while count < expected.count {
            switch socket.read(min(expected.count - count, 65_536)) {
            case .bytes(let bytes):
                guard expected[count..<count + bytes.count].elementsEqual(bytes) else {
                    return .wrong("other bytes behind \(count) of \(expected.count)")
                }
                count += bytes.count
            case .reset, .failed(EPIPE): return .reset
            case .end where refusal == .reset || refusal == .failed(EPIPE): return .reset
            case let other: return .wrong("\(other) after \(count) of \(expected.count) bytes")
            }
            if pause > 0 { usleep(pause) }
        }
        return .whole
    }
}
#endif
