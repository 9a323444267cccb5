import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Testing

@Suite struct ArmingOrderTests {
    /// Who reads the log must come to the same end as the proxy, whoever armed and lifted at the same time.
    @Test func theLogHasChangesInTheOrderInWhichTheyTookEffect() async throws {
        try await withBench(.silent()) { proxy in
            var wrong = 0
            for round in 0..<1500 {
                try await withThrowingTaskGroup { group in
                    for turn in 0..<4 {
                        let disruption = ResetDisruption(delay: .milliseconds(round * 4 + turn))
                        group.addTask { try await proxy.arm([ProxyFault("x", .reset(disruption))]) }
                        group.addTask { await proxy.lift(["x"]) }
                    }
                    try await group.waitForAll()
                }
                // Nothing connects, so every event is one of these.
                let last = proxy.log.record.events.last?.fact
                if proxy.armedFaults.isEmpty == (last == .faultArmed("x")) { wrong += 1 }
            }
            #expect(wrong == 0)
        }
    }
}
