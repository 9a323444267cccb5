import FaultLab
import FaultLabTestSupport
import Testing

@Suite struct TCPProbeTests {
    @Test(arguments: ["127.0.0.1", "localhost"]) func aListenerIsConnectedToAndLeftWithFIN(host: String) async throws {
        let server = RawServer { server, number, socket in
            server.note(socket.read(), on: number)
        }
        let answer = try await ProbeQuestion.tcp(connect: "\(host):\(server.port)", latency: .atMost(.seconds(60)))
            .ask()
        #expect(answer.passed, "\(answer.detail)")
        #expect(answer.detail.hasPrefix("connected in "))
        let ending = try await server.ending()
        #expect(ending == .end)
    }

    @Test func aRefusedConnectionIsANo() async throws {
        let nobody = BoundSocket(listening: false)
        let answer = try await ProbeQuestion.tcp(connect: "127.0.0.1:\(nobody.port)").ask()
        #expect(!answer.passed)
        #expect(answer.detail.hasPrefix("connect to 127.0.0.1:\(nobody.port): Connection refused"), "\(answer.detail)")
    }

    @Test func theTimeToConnectIsHeldAgainstTheLatency() async throws {
        let holder = BoundSocket(listening: true, backlog: 16)
        let answer = try await ProbeQuestion.tcp(connect: "127.0.0.1:\(holder.port)", latency: .less(than: .zero)).ask()
        #expect(!answer.passed)
        #expect(answer.detail.hasPrefix("connected in "))
        #expect(answer.detail.hasSuffix(", expected less than 0 ns"))
    }

    @Test func aConnectThatNobodyAnswersEndsWhenItIsCancelled() async throws {
        // A queue for one that has one: the system drops whoever comes now.
        let holder = BoundSocket(listening: true, backlog: 0)
        let filler = try await onThread { [port = holder.port] in try RawSocket(port: port) }
        defer { withExtendedLifetime(filler) {} }
        let question = ProbeQuestion.tcp(connect: "127.0.0.1:\(holder.port)")
        let task = Task { try await question.ask() }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
