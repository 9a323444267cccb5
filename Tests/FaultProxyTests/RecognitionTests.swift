import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Where nothing is read, each connection is one request, whatever passes on it.
@Suite struct RecognitionTests {
    @Test func aConnectionIsOneRequestThatNobodyReads() async throws {
        try await withBench(RawServer.http(), recognition: .off) { proxy in
            let outcomes = try await onThread {
                let socket = try proxy.connect()
                return [socket.get("/1"), socket.get("/2"), socket.get("/3")]
            }
            #expect(outcomes == [.answered, .answered, .answered])
            #expect(proxy.log.tally.requests == 1)
            #expect(proxy.log.tally.opaqueRequests == 1)
            let recognized = proxy.facts.compactMap { fact in
                if case .protocolRecognized(_, let what) = fact { what } else { nil }
            }
            #expect(recognized == [.opaque(reason: "recognition is off")])
        }
    }

    @Test func aFaultPicksConnections() async throws {
        let disruption = ResetDisruption(selection: .ordinals([2]))
        try await withBench(RawServer.http(), arming: disruption, recognition: .off) { proxy in
            let outcomes = try await onThread { try (0..<3).map { _ in try proxy.connect().get() } }
            #expect(outcomes == [.answered, .ended(.failed(ECONNRESET)), .answered])
            #expect(proxy.decisions.map(\.selected) == [false, true, false])
        }
    }
}
