import Evidence
import FaultModel
import Testing
import TrafficShaping

@Suite("The shaped link of the proxy keeps to the rules of a shaped link", .serialized)
struct ProxyConformanceTests {
    /// A proxy shapes streams of bytes, which have no headers to count.
    private static let links = LinkCase.all.filter { $0.framing == .plain }

    @Test("byte for byte", arguments: links)
    func conforms(_ link: LinkCase) async throws {
        let arm = ProxyArm()
        let (seen, record) = try await arm.record(link)
        let checks = try LinkChecks(link, seen, arm.stamps)
        checks.nothingIsLostOrReordered()
        checks.nothingLeavesEarly()

        let says = try #require(record)
        let total = link.packets.reduce(0) { $0 + Int64($1.length) }
        #expect(says.bytes == total)
        #expect(says.mostHeld <= Int64(link.limit.bytes))
        // Where a kernel would have dropped, the proxy says how much. Whether it would have depends on when the threads of
        // this test ran; these two are certain.
        if total <= Int64(link.limit.bytes) { #expect(says.refusedBytes == 0) }
        let span = (seen.packets.last?.arrival ?? 0) - (seen.packets.first?.arrival ?? 0)
        let earned = Int64(Double(link.rate.bytesPerSecond) * Double(span) / 1e9) + Int64(link.burst.bytes)
        if total - earned > 2 * Int64(link.limit.bytes) + 256 * 1024 { #expect(says.refusedBytes > 0) }
        print(
            """
            through the proxy, \(link.name): late by \(checks.lateness().figures); \
            \(says.refusedBytes) of \(says.bytes) bytes refused
            """)
    }
}
