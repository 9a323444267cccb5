import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import ResetPeer
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What happens to a socket before the loop looks at it comes as one report; no part of it may be lost.
@Suite struct TogetherTests {
    /// Keeps each connection open and reads nothing.
    private static func deaf(_ kept: FaultLabTestSupport.Tally<RawSocket>) -> RawServer {
        RawServer { _, _, socket in kept.add(socket) }
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\n\r\n"])
    func aResetRightBehindAnEndIsSeen(request: String) async throws {
        let kept = FaultLabTestSupport.Tally<RawSocket>()
        try await withBench(Self.deaf(kept), arming: ResetDisruption(delay: .seconds(60))) { proxy in
            for _ in 0..<20 {
                let socket = try proxy.connect()
                socket.send(request)
                socket.finishSending()
                socket.lingerZero()
            }
            let ends = try await eventually { proxy.ends.count == 20 ? proxy.ends : nil } ?? proxy.ends
            #expect(ends.count == 20)
            #expect(ends.allSatisfy { $0.how == .reset })
            #expect(proxy.cancellations.count == (request.isEmpty ? 0 : 20))
        }
    }

    /// Nothing more is read because nothing more fits; the news that nobody is left comes all the same.
    @Test func aResetRightBehindMoreThanFitsIsSeen() async throws {
        let kept = FaultLabTestSupport.Tally<RawSocket>()
        let upload = Array("POST / HTTP/1.1\r\nContent-Length: 900000\r\n\r\n".utf8) + TransparencyTests.pattern(50_000)
        let disruption = ResetDisruption(trigger: .requestHead, delay: .seconds(60), forwarding: .never)
        try await withBench(Self.deaf(kept), arming: disruption, holdCapacity: 1000) { proxy in
            for _ in 0..<20 {
                let socket = try proxy.connect()
                socket.send(upload)
                socket.lingerZero()
            }
            let ends = try await eventually { proxy.ends.count == 20 ? proxy.ends : nil } ?? proxy.ends
            #expect(ends.count == 20)
            #expect(ends.allSatisfy { $0.how == .reset })
            #expect(proxy.cancellations.count == 20)
        }
    }

    /// The system tells of a reset once, and whoever moves bytes without reading them may be the one who is told.
    @Test(arguments: [Recognition.http1, .off], [100_000, 1_000_000, 3_000_000])
    func aResetBehindManyBytesStaysOne(recognition: Recognition, size: Int) async throws {
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n".utf8) + TransparencyTests.pattern(size)
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send(answer)
            // Behind the last byte: a reset destroys what is still under way.
            _ = socket.read()
            socket.lingerZero()
        }
        try await withBench(server, recognition: recognition) { proxy in
            for _ in 0..<10 {
                let (count, ending) = try await onThread {
                    let socket = try proxy.connect()
                    socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                    let count = socket.readExactly(answer.count).count
                    socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                    return (count, socket.readAll().ending)
                }
                #expect(count == answer.count)
                #expect(ending == .reset)
            }
        }
    }

    /// Reading stops at a byte that was sent as urgent, and what is behind it is neither forgotten nor cut off.
    @Test(arguments: [0, 200_000])
    func whatStandsBehindAnUrgentByteArrives(size: Int) async throws {
        let bulk = TransparencyTests.pattern(size)
        let server = RawServer { server, number, socket in
            let (bytes, ending) = socket.readAll()
            server.note(bytes, on: number)
            server.note(ending, on: number)
            socket.send("thanks")
        }
        try await withBench(server, recognition: .off) { proxy in
            let sent = Array("before ".utf8) + bulk + bulk + Array("behind".utf8)
            for number in 1...20 {
                let (answer, ending) = try await onThread {
                    let socket = try proxy.connect(timeout: 5)
                    socket.send(Array("before ".utf8) + bulk)
                    _ = Glibc.send(socket.descriptor, "!", 1, Int32(MSG_OOB))
                    socket.send(bulk + Array("behind".utf8))
                    socket.finishSending()
                    return socket.readAll()
                }
                #expect(answer == Array("thanks".utf8))
                #expect(ending == .end)
                let isSame = server.bytes(on: number) == sent
                #expect(isSame, "\(server.bytes(on: number).count) of \(sent.count) bytes came")
            }
        }
    }
}
