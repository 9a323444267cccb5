import Testing

@Suite("The simulator keeps to the rules of a shaped link")
struct SimulatorConformanceTests {
    @Test("with timers that are never late", arguments: LinkCase.all)
    func ideal(_ link: LinkCase) async throws {
        let lateness = try await LinkChecks.check(link, on: SimulatedArm())
        #expect(lateness.minimum == .zero && lateness.maximum == .zero)
    }

    @Test("with timers as late as a kernel's", arguments: LinkCase.all)
    func late(_ link: LinkCase) async throws {
        let lateness = try await LinkChecks.check(link, on: SimulatedArm(lateness: 12_000))
        #expect(lateness.minimum == .zero && lateness.maximum.map { $0 <= .microseconds(12) } ?? false)
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
