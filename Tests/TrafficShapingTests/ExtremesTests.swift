import FaultModel
import Testing

@testable import TrafficShaping

@Suite("The ends of the ranges")
struct ExtremesTests {
    private static let most = ByteSize.bytes(4_294_967_295)

    @Test(
        "The slowest link and the fastest take packets at the last moment of the clock",
        arguments: ["8bit", "1000tbit"])
    func lastMoment(rate: DataRate) throws {
        let configuration = try ShaperConfiguration(rate: rate, burst: .kibibytes(64), limit: .kibibytes(64))
        var link = SimulatedLink(configuration)
        for arrival in [0, Packet.latestArrival - 1, Packet.latestArrival, Packet.latestArrival] {
            let outcome = link.offer(Packet(arrival: arrival, length: 60_000))
            guard case .sent(let departure) = outcome else {
                #expect(outcome == .limit)
                continue
            }
            #expect(departure >= arrival && departure - arrival <= 60_000_000_000_000)
        }
        #expect(link.summary.sent.packets >= 3)
        #expect(link.timeline.bins.map(\.sent.packets).reduce(0, +) == link.summary.sent.packets)
        #expect(link.timeline.bins.count <= 512)
    }

    @Test(
        "The largest bucket and queue work at a rate that fills them in a lifetime",
        arguments: ["16bit", "1mbit", "400gbit"])
    func largestBuckets(rate: DataRate) throws {
        let configuration = try ShaperConfiguration(
            rate: rate, burst: Self.most, limit: Self.most,
            peak: PeakLimit(rate: .gigabits(1_000_000), bucket: Self.most))
        var queue = TokenBucketQueue(configuration)
        #expect(queue.offer(.max, at: 0) == .sent(at: 0))
        guard case .sent(let departure) = queue.offer(.max, at: 0) else {
            Issue.record("the second packet is not sent")
            return
        }
        #expect(departure == configuration.cost.nanoseconds(for: .max))
        #expect(queue.offer(1, at: 0) == .limit)
        #expect(queue.backlog(at: departure) == 0)
    }

    @Test("A bucket or a queue that never drains is refused")
    func neverDrains() throws {
        #expect(throws: ShaperError.neverDrains(rate: "8bit")) {
            try ShaperConfiguration(rate: "8bit", burst: Self.most, limit: .kibibytes(1))
        }
        #expect(throws: ShaperError.neverDrains(rate: "8bit")) {
            try ShaperConfiguration(rate: "8bit", burst: .kibibytes(1), limit: Self.most)
        }
        // Framing makes a packet of one byte cost 65,535.
        #expect(throws: ShaperError.neverDrains(rate: "8bit")) {
            try ShaperConfiguration(
                rate: "8bit", burst: .kibibytes(1), limit: .mebibytes(64), framing: PacketFraming(smallestPacket: .max))
        }
    }

    @Test("A peak must be above the rate", arguments: ["1mbit", "999kbit"])
    func peak(rate: DataRate) {
        #expect(throws: ShaperError.peakNotAboveRate(peak: rate, rate: .megabits(1))) {
            try ShaperConfiguration(
                rate: .megabits(1), burst: .kibibytes(32), limit: .mebibytes(2),
                peak: PeakLimit(rate: rate, bucket: .bytes(1600)))
        }
    }

    @Test(
        "A bucket whose framing wraps around is refused: its packets would cost more than it holds",
        arguments: [
            (4_294_967_295, PacketFraming(overhead: 1)), (4_294_967_272, PacketFraming(overhead: 24)),
            (3_889_781_677, PacketFraming(linkLayer: .atm)),
        ] as [(Int64, PacketFraming)])
    func framing(bytes: Int64, framing: PacketFraming) throws {
        let rate = DataRate.megabits(1)
        #expect(throws: ShaperError.framingTooLarge(bucket: .bytes(bytes))) {
            try ShaperConfiguration(rate: rate, burst: .bytes(bytes), limit: .mebibytes(2), framing: framing)
        }
        #expect(throws: ShaperError.framingTooLarge(bucket: .bytes(bytes))) {
            try ShaperConfiguration(
                rate: rate, burst: .kibibytes(2), limit: .mebibytes(2),
                peak: PeakLimit(rate: .megabits(2), bucket: .bytes(bytes)), framing: framing)
        }
        let largest = try ShaperConfiguration(
            rate: rate, burst: .bytes(bytes - 24), limit: .mebibytes(2), framing: framing)
        #expect(largest.cost.nanoseconds(for: largest.largestPacket) == largest.capacity)
    }

    @Test(
        "Every error says what to do",
        arguments: [
            ShaperError.neverDrains(rate: "8bit"), .peakNotAboveRate(peak: "1mbit", rate: "2mbit"),
            .framingTooLarge(bucket: .kibibytes(1)),
        ])
    func descriptions(error: ShaperError) {
        #expect(error.description.contains("use") || error.description.contains("raise"))
    }

    #if DEBUG
    private static let packets = 200_000
    #else
    private static let packets = 10_000_000
    #endif

    @Test("A stream of any length keeps the memory of the longest queue", arguments: [false, true])
    func memory(overloaded: Bool) throws {
        let configuration = try ShaperConfiguration(rate: .gigabits(1), burst: .kibibytes(32), limit: .kibibytes(200))
        var queue = TokenBucketQueue(configuration)
        var random = TestRandom(seed: 5)
        var arrival: Int64 = 0
        var places = 0
        for number in 0..<Self.packets {
            // 12,112 ns is what a full packet costs.
            arrival += Int64.random(in: 0...(overloaded ? 22_000 : 26_000), using: &random)
            _ = queue.offer(1514, at: arrival)
            if number == Self.packets / 100 { places = queue.mask + 1 }
        }
        // 200 KiB are 135 full packets; the ring is a power of two.
        #expect(queue.mask + 1 <= 256)
        if overloaded { #expect(queue.mask + 1 == places && places == 256) }
    }
}
