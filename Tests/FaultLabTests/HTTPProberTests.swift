import FaultLabTestSupport
import SocketIO
import Testing

@testable import FaultLab

@Suite struct HTTPProberTests {
    private static let get = HTTPProberRequest(get: "/", authority: "probe.test")

    @Test func aProbeThatTheEndOfItsLoopOvertakesFails() async throws {
        let holder = BoundSocket(listening: true)
        let loop = try EventLoop(clock: MonotonicClock())
        let outcomes = Tally<Bool>()
        let probe = Task {
            let prober = HTTPProber(loop: loop)
            let answer = try? await prober.ask(
                Self.get, at: [.loopback(port: holder.port)], timeout: .seconds(3600))
            outcomes.add(answer != nil)
        }
        defer { withExtendedLifetime(probe) {} }
        // The probe is under way when its connection is.
        try await Task.sleep(for: .milliseconds(50))
        await loop.end()
        let outcome = try await eventually { outcomes.entries.first }
        #expect(outcome == false)
    }

    @Test func theFirstAddressThatAcceptsIsAsked() async throws {
        let nobody = BoundSocket(listening: false)
        let answer = try await withHTTPStub({ _ in .ok("here") }) { stub in
            try await withProbeLoop { loop in
                try await HTTPProber(loop: loop).ask(
                    Self.get, at: [.loopback(port: nobody.port), stub.address], keeping: 100)
            }
        }
        #expect(answer.status == 200)
        #expect(answer.body == Array("here".utf8))
    }

    @Test func theLastAddressThatRefusesIsNamed() async throws {
        let nobody = [BoundSocket(listening: false), BoundSocket(listening: false)]
        let error = await #expect(throws: HTTPProbeError.self) {
            try await withProbeLoop { loop in
                try await HTTPProber(loop: loop).ask(Self.get, at: nobody.map { .loopback(port: $0.port) })
            }
        }
        let refused = "connect to 127.0.0.1:\(nobody[1].port): Connection refused"
        #expect(error?.description.hasPrefix("GET / at probe.test: \(refused)") == true)
    }

    @Test(arguments: [true, false]) func aCancelledProbeLetsGo(isCancelledFirst: Bool) async throws {
        let server = RawServer.silent()
        let task = Task {
            if isCancelledFirst { while !Task.isCancelled { await Task.yield() } }
            return try await withProbeLoop { loop in
                try await HTTPProber(loop: loop).ask(Self.get, at: [.loopback(port: server.port)])
            }
        }
        if !isCancelledFirst { _ = try await eventually { server.bytes().isEmpty ? nil : true } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        if !isCancelledFirst { #expect(try await server.ending() == .end) }
    }

    @Test(arguments: 1...70) func theBodyIsTheSameHoweverItIsCut(size: Int) {
        let chunked = "X-A: b\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n"
        let plain = "Content-Length: 13\r\n\r\nabc0123456789"
        for wire in [chunked, plain, chunked.replacing("\r\n", with: "\n")] {
            var (body, short, exact) = (HTTPProberBody(limit: 99), HTTPProberBody(limit: 12), HTTPProberBody(limit: 13))
            let bytes = Array(wire.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                bytes[start..<min(bytes.count, start + size)].withUnsafeBytes { piece in
                    body.append(piece)
                    short.append(piece)
                    exact.append(piece)
                }
            }
            #expect(String(decoding: body.bytes, as: UTF8.self) == "abc0123456789")
            #expect(String(decoding: short.bytes, as: UTF8.self) == "abc012345678")
            #expect([body.isCut, short.isCut, exact.isCut] == [false, true, false])
        }
    }
}
