import FaultModel
import Testing

@Suite("The simulator keeps to the rules of a shaped link")
struct SimulatorConformanceTests {
    @Test("with timers that are never late, and as late as a kernel's", arguments: LinkCase.all, [0, 12_000])
    func conforms(_ link: LinkCase, nanosecondsLate: Int64) async throws {
        let arm = SimulatedArm(lateness: nanosecondsLate)
        let checks = try LinkChecks(link, try await arm.run(link), arm.stamps)
        checks.checkAll()
        let lateness = checks.lateness()
        #expect(lateness.minimum == .zero)
        #expect(lateness.maximum.map { $0 <= .nanoseconds(nanosecondsLate) } ?? false)
    }

    @Test("in its two forms alike", arguments: LinkCase.all)
    func forms(_ link: LinkCase) async throws {
        let fast = try await SimulatedArm().run(link)
        var run = FilterRun(try link.configuration())
        for packet in link.packets { run.send(packet.length, at: packet.moment) }
        run.finish()
        let areEqual = fast.packets.map(\.departure) == run.observation.packets.map(\.departure)
        #expect(areEqual)
    }
}
