import FaultModel
import Testing
import TrafficShaping

@Suite("The simulator keeps to the rules of a shaped link")
struct SimulatorConformanceTests {
    @Test("with timers that are never late, and as late as a kernel's", arguments: LinkCase.all, [0, 12])
    func conforms(_ link: LinkCase, microsecondsLate: Int) async throws {
        let arm = SimulatedArm(latency: .microseconds(microsecondsLate))
        let checks = try LinkChecks(link, try await arm.run(link), arm.stamps)
        checks.checkAll()
        let lateness = checks.lateness()
        #expect(lateness.minimum == .zero)
        #expect(lateness.maximum.map { $0 <= .microseconds(microsecondsLate) } ?? false)
    }

    /// An event, even one long after the last packet, makes the simulator go step by step.
    @Test("in its two forms alike", arguments: LinkCase.all)
    func forms(_ link: LinkCase) async throws {
        let fast = try await SimulatedArm().run(link)
        let slow = try await SimulatedArm(events: [LinkEvent(at: 1 << 60, .remove)]).run(link)
        let areEqual = fast.packets.map(\.departure) == slow.packets.map(\.departure)
        #expect(areEqual)
    }
}
