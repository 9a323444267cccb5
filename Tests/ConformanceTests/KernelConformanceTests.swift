import FaultModel
import Testing
import TrafficShaping

@Suite("The kernel keeps to the rules of a shaped link", .requiresKernelShaper, .serialized)
struct KernelConformanceTests {
    @Test("packet for packet", arguments: LinkCase.all)
    func conforms(_ link: LinkCase) async throws {
        let arm = KernelArm()
        let checks = try LinkChecks(link, try await arm.run(link), arm.stamps)
        checks.checkAll()
        print(
            """
            through the kernel, \(link.name): late by \(checks.lateness().figures); \
            \(checks.seen.droppedCount) of \(checks.seen.packets.count) dropped, \(checks.modelDropCounts.ideal) by the model
            """)
    }

    /// A change fills the bucket, and the packet that waits goes on waiting for the old moment.
    @Test("when its settings change")
    func change() async throws {
        let before = LinkCase(
            name: "before", rate: .kilobits(100), burst: .bytes(4542), limit: .mebibytes(1),
            packets: .even(12, every: 0))
        let after = LinkCase(
            name: "after", rate: .kilobits(200), burst: .bytes(4542), limit: .mebibytes(1), packets: [])
        var plan = KernelPlan(before.words, before.packets)
        plan.changes = [
            KernelPlan.Change(
                at: 150_000_000, words: ["change", "dev", "out", "root", "handle", "1:", "tbf"] + after.words)
        ]
        plan.rest = 500_000_000
        let record = try await KernelArm.record(plan)
        let seen = try record.observation(of: plan)
        let begin = try #require(record.arrivals.first ?? nil)
        let changed = try #require(record.changes.first)

        let event = LinkEvent(at: changed[1] - begin, .change(try after.configuration()))
        let expected = SimulatedArm(events: [event])
            .run(seen.packets.map { ($0.arrival, $0.length) }, over: try before.configuration())
        let lateness = zip(seen.packets, expected.packets).map { seen, expected in
            (seen.departure ?? .max) - (expected.departure ?? 0)
        }
        // Half of the shortest distance between two packets: more than a timer is late, less than another meaning.
        #expect(lateness.allSatisfy { (-20_000...30_000_000).contains($0) }, "late by \(lateness) ns")
        #expect(seen.counters == expected.counters)
    }

    /// What waits is lost with the shaper; what comes afterwards passes at once.
    @Test("when it is removed")
    func removal() async throws {
        let link = LinkCase(
            name: "slow", rate: .kilobits(200), burst: .bytes(1600), limit: .mebibytes(1),
            packets: .even(100, every: 0) + [ScheduledPacket(moment: 400_000_000, length: 1514)])
        let configuration = try link.configuration()
        var plan = KernelPlan(link.words, link.packets)
        plan.changes = [KernelPlan.Change(at: 150_000_000, words: ["del", "dev", "out", "root"])]
        let record = try await KernelArm.record(plan)
        let seen = try record.observation(of: plan)
        let begin = try #require(record.arrivals.first ?? nil)
        let arrivals = seen.packets.prefix(100).map { ($0.arrival, $0.length) }
        let removed = try #require(record.changes.first).map { moment in
            let event = LinkEvent(at: moment - begin, .remove)
            return SimulatedArm(events: [event]).run(arrivals, over: configuration).order.count
        }
        let survivors = seen.order.filter { $0 < 100 }
        #expect(survivors == Array(0..<survivors.count))
        #expect((removed[0]...removed[1]).contains(survivors.count), "\(100 - survivors.count) of 100 were lost")
        #expect(survivors.count < 100)
        let last = try #require(seen.packets.last)
        #expect(try #require(last.departure) - last.arrival < 50_000_000)
    }
}
