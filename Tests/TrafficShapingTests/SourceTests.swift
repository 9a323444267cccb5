import FaultModel
import Testing

@testable import TrafficShaping

@Suite("Sources of traffic")
struct SourceTests {
    /// Every kind, of a size that all of them end soon.
    static let texts = [
        "constant:rate=1mbit,duration=3s", "poisson:rate=2mbit,duration=3s,size=700",
        "on-off:rate=10mbit,on=20ms,off=80ms,duration=3s", "on-off:rate=5mbit,lengths=random,duration=3s",
        "file:bytes=1mb", "requests:users=7,think=100ms,bytes=30kb,duration=3s",
        "video:rate=1mbit,chunk=500ms,duration=3s",
    ]

    /// A link that holds up and drops.
    static let link: ShaperConfiguration? = try? ShaperConfiguration(
        rate: .megabits(2), burst: .bytes(5000), limit: .bytes(12_000))

    private struct Row: Equatable {
        let packet: Packet
        let fate: PacketFate
    }

    private func rows(_ texts: [String], seed: UInt64, change: (inout LinkSimulation) -> Void = { _ in }) throws
        -> [Row]
    {
        var simulation = LinkSimulation(try #require(Self.link))
        change(&simulation)
        var rows: [Row] = []
        _ = simulation.run(try texts.map { try TrafficPattern($0).makeSource(seed: seed) }) {
            rows.append(Row(packet: $0, fate: $1))
        }
        return rows
    }

    @Test("The same seed gives the same packets, and another one others where anything is random", arguments: texts)
    func seeds(text: String) throws {
        let first = try rows([text], seed: 7)
        #expect(first.count > 50)
        #expect(try rows([text], seed: 7) == first)
        let isRandom = text.hasPrefix("poisson") || text.hasPrefix("requests") || text.contains("random")
        #expect((try rows([text], seed: 8) == first) == !isRandom)
    }

    @Test("Time never goes back, and every packet has a length", arguments: texts)
    func order(text: String) throws {
        let packets = try rows([text], seed: 7).map(\.packet)
        let isOrdered = zip(packets, packets.dropFirst()).allSatisfy { $0.arrival <= $1.arrival }
        #expect(isOrdered && packets.allSatisfy { $0.length > 0 && $0.source == 0 })
    }

    @Test("What a source does follows from what becomes of its packets, not from when it is told", arguments: texts)
    func independenceOfTelling(text: String) throws {
        let key = { (row: Row) in (row.packet.arrival, row.packet.source, row.packet.tag, "\(row.fate)") }
        let fast = try rows([text, "poisson:rate=1mbit,duration=2s"], seed: 7).sorted { key($0) < key($1) }
        let slow = try rows([text, "poisson:rate=1mbit,duration=2s"], seed: 7) {
            $0.events = [LinkEvent(at: Packet.latestArrival, .remove)]
        }.sorted { key($0) < key($1) }
        #expect(fast.contains { $0.fate == .limit })
        let isSame = fast == slow
        #expect(isSame, "\(fast.count) rows and \(slow.count)")
    }

    @Test("Several sources go in by moment, and those of the same moment in their order")
    func interleaving() {
        let traces = [[0, 10, 10, 30], [5, 10, 20], [10, 10, 40]].map { (moments: [Int64]) in
            PacketTrace(moments.map { Packet(arrival: $0, length: 1, source: 99) })
        }
        var traffic = MergedTraffic(traces)
        var order: [[Int64]] = []
        while let packet = traffic.next() { order.append([packet.arrival, Int64(packet.source)]) }
        let expected: [[Int64]] = [
            [0, 0], [5, 1], [10, 0], [10, 0], [10, 1], [10, 2], [10, 2], [20, 1], [30, 0], [40, 2],
        ]
        #expect(order == expected)
    }

    /// All packets of a source whose packets leave at once.
    private func packets(_ source: some TrafficSource) -> [Packet] {
        var source = source
        var packets: [Packet] = []
        while let packet = source.upcoming {
            source.advance()
            source.packet(packet, became: .sent(at: packet.arrival))
            packets.append(packet)
        }
        return packets
    }

    @Test(
        "A constant rate is exact over any time, whatever a packet costs",
        arguments: ["1mbit", "7mbit", "999kbit", "3gbit"])
    func constant(rate: DataRate) {
        let packets = packets(ConstantRate(rate: rate, packetLength: 1514, start: 5, duration: .seconds(1)))
        for (index, packet) in packets.enumerated() {
            let exact = Int128(index) * 1514 * 1_000_000_000 / Int128(rate.bytesPerSecond)
            if Int128(packet.arrival) != 5 + exact {
                Issue.record("packet \(index) at \(packet.arrival)")
                return
            }
        }
        // As many as begin within the second.
        #expect(packets.count == Int((rate.bytesPerSecond + 1513) / 1514))
    }

    @Test("A Poisson rate is right over a long time, and its gaps are exponential", arguments: [64, 1514] as [UInt32])
    func poisson(length: UInt32) {
        let packets = packets(Poisson(rate: .megabits(8), packetLength: length, duration: .seconds(60), seed: 3))
        let expected = 60.0 * 1_000_000 / Double(length)
        // Five standard deviations.
        #expect(abs(Double(packets.count) - expected) < 5 * expected.squareRoot())
        let gaps = zip(packets, packets.dropFirst()).map { Double($1.arrival - $0.arrival) / Double(length) / 1000 }
        let share = { (bound: Double) in Double(gaps.filter { $0 > bound }.count) / Double(gaps.count) }
        // e^-1 and e^-3 of them are longer than so many averages.
        #expect(abs(share(1) - 0.3679) < 0.01)
        #expect(abs(share(3) - 0.0498) < 0.005)
    }

    @Test("Gaps of a few nanoseconds keep what is cut off for the next one")
    func shortGaps() {
        // On average 5.12 ns; without the fractions a tenth more packets would come.
        let packets = packets(Poisson(rate: .gigabits(100), packetLength: 64, duration: .milliseconds(1), seed: 3))
        #expect(abs(Double(packets.count) - 195_312.5) < 5 * 442)
    }

    @Test("Bursts and silences have their lengths")
    func onOff() {
        // 10 mbit are 1000 bytes in 0.8 ms: at 0, 0.8 and 1.6 ms, then silence from 2 to 10 ms.
        let source = OnOff(
            rate: .megabits(10), on: .milliseconds(2), off: .milliseconds(8), packetLength: 1000,
            duration: .milliseconds(20))
        #expect(packets(source).map(\.arrival) == [0, 800_000, 1_600_000, 10_000_000, 10_800_000, 11_600_000])
    }

    @Test("Random bursts have the rate that on and off make of it")
    func randomOnOff() {
        let source = OnOff(
            rate: .megabits(100), on: .milliseconds(10), off: .milliseconds(30), lengths: .random, packetLength: 125,
            duration: .seconds(200), seed: 9)
        // A quarter of 100,000 packets a second, over 5,000 bursts.
        let share = Double(packets(source).count) / (200 * 25_000)
        #expect((0.94...1.06).contains(share), "\(share)")
    }

    @Test(
        "A file takes as long as the model says, when its window keeps the link busy",
        arguments: [
            (bytes: 10_000_000, rate: "1mbit", peak: nil), (10_485_760, "8mbit", nil), (30_000, "1mbit", nil),
            (2_000_000, "1mbit", "2mbit"), (5_000_000, "64kbit", nil),
        ] as [(Int, DataRate, DataRate?)])
    func fileTransfer(bytes: Int, rate: DataRate, peak: DataRate?) throws {
        let shape = ShapeDisruption(
            rate: rate, burst: .kibibytes(32), limit: .mebibytes(2),
            peak: peak.map { PeakLimit(rate: $0, bucket: .bytes(1514)) })
        let file = FileTransfer(bytes: UInt64(bytes), window: 262_144, roundTrip: .milliseconds(5), start: 1000)
        let result = LinkSimulation(try ShaperConfiguration(shape)).run([file])
        #expect(result.summary.sent.bytes == UInt64(bytes))
        #expect(result.summary.dropped == .zero)
        let last = try #require(result.summary.lastDeparture)
        #expect(.nanoseconds(last - 1000) == shape.transferTime(of: bytes))
        #expect((result.sources.first as? FileTransfer)?.endedAt == last + 5_000_000)
    }

    @Test("A file is bound by its window where that is smaller than what a round trip carries")
    func window() throws {
        // Four packets of 1000 bytes each 10 ms, on a link that holds up nothing.
        let link = try ShaperConfiguration(rate: .gigabits(10), burst: .mebibytes(1), limit: .mebibytes(1))
        let file = FileTransfer(bytes: 9500, packetLength: 1000, window: 4999, roundTrip: .milliseconds(10))
        var arrivals: [[Int64]] = []
        _ = LinkSimulation(link).run([file]) { packet, _ in arrivals.append([packet.arrival, Int64(packet.length)]) }
        let first = Array(repeating: [Int64(0), 1000], count: 4)
        let second = Array(repeating: [Int64(10_000_000), 1000], count: 4)
        #expect(arrivals == first + second + [[20_000_000, 1000], [20_000_000, 500]])
    }

    @Test("What is dropped is sent again after two round trips, and each time after twice as long")
    func retransmission() {
        var file = FileTransfer(bytes: 2000, packetLength: 1000, window: 2000, roundTrip: .milliseconds(50))
        var arrivals: [Int64] = []
        while let packet = file.upcoming {
            arrivals.append(packet.arrival)
            file.advance()
            // The second packet is lost, all three times.
            let isLost = arrivals.count > 1 && arrivals.count < 5
            file.packet(packet, became: isLost ? .limit : .sent(at: packet.arrival))
        }
        #expect(arrivals == [0, 0, 100, 300, 700].map { $0 * 1_000_000 })
        #expect(file.endedAt == 750_000_000)
    }

    @Test("A transfer that cannot come through is given up", arguments: [PacketFate.limit, .oversize])
    func givingUp(fate: PacketFate) {
        var file = FileTransfer(bytes: 1000, roundTrip: .zero)
        var attempts = 0
        while let packet = file.upcoming, attempts < 1000 {
            attempts += 1
            file.advance()
            file.packet(packet, became: fate)
        }
        #expect(attempts == (fate == .limit ? 15 : 1))
        #expect(file.endedAt != nil)
    }

    @Test("Users wait for the answer and think before they ask again")
    func requests() throws {
        // 4000 bytes are 4 ms behind a bucket of one packet, the last of them 3 ms after the first.
        let link = try ShaperConfiguration(rate: .megabits(8), burst: .bytes(1000), limit: .mebibytes(1))
        let users = RequestResponse(
            thinkTime: .zero, responseBytes: 4000, packetLength: 1000, roundTrip: .milliseconds(7),
            duration: .milliseconds(25), seed: 1)
        var arrivals: [Int64] = []
        let result = LinkSimulation(link).run([users]) { packet, _ in arrivals.append(packet.arrival) }
        // An answer begins every 10 ms.
        #expect(arrivals == [0, 10, 20].flatMap { Array(repeating: $0 * 1_000_000, count: 4) })
        #expect((result.sources.first as? RequestResponse)?.finishedAnswers == 3)
    }

    @Test("Users of a link that lets nothing through give up, and the simulation ends", arguments: [1, 2000])
    func requestsInVain(limit: Int64) throws {
        let link = try ShaperConfiguration(rate: .megabits(8), burst: .bytes(1000), limit: .bytes(limit))
        let users = RequestResponse(
            users: 3, thinkTime: .zero, responseBytes: 4000, roundTrip: .milliseconds(1), duration: .milliseconds(20),
            seed: 1)
        let result = LinkSimulation(link).run([users])
        #expect(result.summary.sent == .zero && result.summary.arrived.packets > 0)
    }

    @Test("A video fetches ahead, then at the pace at which it plays, and pauses on a slow link")
    func video() throws {
        let run = { (rate: DataRate) throws in
            let link = try ShaperConfiguration(rate: rate, burst: .bytes(1000), limit: .mebibytes(8))
            let video = VideoChunks(
                bitrate: .megabits(8), chunkDuration: .seconds(1), chunks: 6, ahead: .seconds(2), packetLength: 1000,
                window: 2_000_000, roundTrip: .zero)
            var starts: [Int64: Int] = [:]
            let result = LinkSimulation(link).run([video]) { packet, _ in starts[packet.arrival, default: 0] += 1 }
            return (starts.keys.sorted(), try #require(result.sources.first as? VideoChunks))
        }
        // A chunk of 1,000,000 bytes takes a tenth of a second, less the first packet, which leaves at once; the bucket
        // has a packet again whenever the link rested.
        let (starts, video) = try run(.megabits(80))
        let chunk: Int64 = 99_900_000
        let begin = chunk
        // From the first on it plays; the third finds 2 s in store and waits for the fourth to be wanted.
        #expect(starts.prefix(2) == [0, chunk])
        #expect(starts.last == begin + 3_000_000_000)
        #expect(video.finishedChunks == 6 && video.paused == 0)
        // At half the rate each of the five later chunks takes a second longer than it plays.
        let slow = try run(.megabits(4)).1
        #expect(slow.finishedChunks == 6)
        #expect(abs(slow.paused - 5_000_000_000) < 5_000_000)
    }

    @Test(
        "The logarithm is right to the last places",
        arguments: [
            (1.0, 0.0), (2.718281828459045, 1.0), (0.5, -0.6931471805599453), (10.0, 2.302585092994046),
            (0x1p-53, -36.7368005696771), (1e300, 690.7755278982137), (0.9999999999999999, -1.1102230246251565e-16),
            (1.4142135623730951, 0.34657359027997264), (3.0, 1.0986122886681098),
            (Double.leastNonzeroMagnitude, -744.4400719213812),
        ])
    func logarithm(number: Double, expected: Double) {
        let found = NaturalLogarithm.of(number)
        #expect(abs(found - expected) <= 4 * expected.ulp, "\(found)")
    }

    @Test("The logarithm of a product is the sum")
    func logarithmOfProducts() {
        var random = TestRandom(seed: 4)
        for _ in 0..<10_000 {
            let (first, second) = (
                Double.random(in: 1e-9...1e9, using: &random), Double.random(in: 1e-9...1e9, using: &random)
            )
            let sum = NaturalLogarithm.of(first) + NaturalLogarithm.of(second)
            if abs(NaturalLogarithm.of(first * second) - sum) > 1e-13 {
                Issue.record("\(first), \(second)")
                return
            }
        }
    }
}
