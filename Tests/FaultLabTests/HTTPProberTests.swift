import FaultLabTestSupport
import SocketIO
import Testing

@testable import FaultLab

@Suite struct HTTPProberTests {
    @Test func aProbeThatTheEndOfItsLoopOvertakesFails() async throws {
        let holder = BoundSocket(listening: true)
        let loop = try EventLoop(clock: MonotonicClock())
        let prober = HTTPProber(loop: loop)
        let outcomes = Tally<Bool>()
        let probe = Task {
            let answer = try? await prober.get("/", at: .loopback(port: holder.port), timeout: .seconds(3600))
            outcomes.add(answer != nil)
        }
        defer { withExtendedLifetime(probe) {} }
        // The probe is under way when its connection is.
        try await Task.sleep(for: .milliseconds(50))
        await loop.end()
        let outcome = try await eventually { outcomes.entries.first }
        #expect(outcome == false)
    }
}
