import FaultModel
import Testing

@testable import TrafficShaping

/// What must hold of every shaper, whatever its settings and its packets.
@Suite("What holds of every shaper")
struct OracleTests {
    /// Fixed, so that a failure repeats; change it to look elsewhere.
    static let seed: UInt64 = 20_261_121

    #if DEBUG
    static let rounds = 150
    #else
    static let rounds = 2_000
    #endif

    /// Calls with scenarios until one is wrong, and says which.
    private func every(
        _ salt: UInt64, change: (inout Scenario) -> Void = { _ in },
        check: (ShaperConfiguration, Scenario, inout TestRandom) throws -> String?
    ) throws {
        var random = TestRandom(seed: Self.seed &+ salt)
        var checked = 0
        for round in 0..<Self.rounds {
            var scenario = Scenario.random(using: &random)
            change(&scenario)
            guard let configuration = scenario.configuration else { continue }
            checked += 1
            if let flaw = try check(configuration, scenario, &random) {
                Issue.record("seed \(Self.seed &+ salt), round \(round), \(scenario): \(flaw)")
                return
            }
        }
        #expect(checked > Self.rounds / 2)
    }

    /// The packets that left, with what they cost at the rate and at the peak.
    private struct Sent {
        let arrival: Int64
        let departure: Int64
        let length: UInt32
        let cost: Int64
        let peakCost: Int64
    }

    private func sent(_ configuration: ShaperConfiguration, _ scenario: Scenario) -> [Sent] {
        zip(scenario.packets, queueOutcomes(configuration, scenario.packets)).compactMap { packet, outcome in
            guard case .sent(let departure) = outcome else { return nil }
            return Sent(
                arrival: packet.arrival, departure: departure, length: packet.length,
                cost: configuration.cost.nanoseconds(for: packet.length),
                peakCost: configuration.peakCost.nanoseconds(for: packet.length))
        }
    }

    @Test("Departures are the closed form, to the nanosecond")
    func closedForm() throws {
        try every(1) { configuration, scenario, _ in
            let sent = sent(configuration, scenario)
            for (last, packet) in sent.enumerated() {
                var expected = packet.arrival
                var (sum, peakSum): (Int64, Int64) = (0, 0)
                for first in sent[...last].reversed() {
                    sum += first.cost
                    peakSum += first.peakCost
                    expected = max(expected, first.arrival + sum - configuration.capacity)
                    if configuration.peak != nil {
                        expected = max(expected, first.arrival + peakSum - configuration.peakCapacity)
                    }
                }
                // The bucket was full at 0; before that nothing counts, and nothing arrives.
                if expected != packet.departure { return "packet \(last): \(packet.departure), not \(expected)" }
            }
            return nil
        }
    }

    @Test("No stretch of departures has more than the bucket and what it earns meanwhile")
    func arrivalCurve() throws {
        try every(2) { configuration, scenario, _ in
            let sent = sent(configuration, scenario)
            for first in sent.indices {
                var (sum, peakSum): (Int64, Int64) = (0, 0)
                for packet in sent[first...] {
                    sum += packet.cost
                    peakSum += packet.peakCost
                    let time = packet.departure - sent[first].departure
                    if sum > configuration.capacity + time { return "from \(first): \(sum) in \(time)" }
                    if configuration.peak != nil, peakSum > configuration.peakCapacity + time {
                        return "from \(first): peak \(peakSum) in \(time)"
                    }
                }
            }
            return nil
        }
    }

    @Test("A packet that waited leaves at the moment at which a bucket can pay for it, and not later")
    func greedy() throws {
        try every(3) { configuration, scenario, _ in
            var bucket = TokenBucket(configuration)
            for (index, packet) in sent(configuration, scenario).enumerated() {
                bucket.charge(packet.length, at: packet.departure)
                let tokens = bucket.tokens(at: packet.departure)
                let peakTokens = configuration.peak == nil ? .max : bucket.peakTokens(at: packet.departure)
                if min(tokens, peakTokens) < 0 { return "packet \(index) left in debt" }
                if packet.departure > packet.arrival, min(tokens, peakTokens) != 0 {
                    return "packet \(index) waited in vain: \(tokens), \(peakTokens)"
                }
            }
            return nil
        }
    }

    @Test("Nothing is lost, nothing overtakes, and no more waits than may")
    func conservation() throws {
        try every(4) { configuration, scenario, _ in
            var link = SimulatedLink(configuration)
            var queue = TokenBucketQueue(configuration)
            var last: Int64 = 0
            var waiting: [(departure: Int64, length: UInt32)] = []
            for (index, packet) in scenario.packets.enumerated() {
                let outcome = link.offer(Packet(arrival: packet.arrival, length: packet.length))
                if queue.offer(packet.length, at: packet.arrival) != outcome { return "packet \(index): two outcomes" }
                waiting.removeAll { $0.departure <= packet.arrival }
                let before = waiting.map { UInt64($0.length) }.reduce(0, +)
                switch outcome {
                case .sent(let departure):
                    if departure < packet.arrival || departure < last { return "packet \(index) overtakes" }
                    last = departure
                    if departure > packet.arrival { waiting.append((departure, packet.length)) }
                case .limit:
                    if before + UInt64(packet.length) <= UInt64(scenario.limit) { return "packet \(index) had room" }
                case .oversize:
                    if packet.length <= configuration.largestPacket { return "packet \(index) fits" }
                }
                let backlog = waiting.map { UInt64($0.length) }.reduce(0, +)
                if queue.backlog(at: packet.arrival) != backlog { return "backlog after packet \(index)" }
                if backlog > UInt64(scenario.limit) { return "\(backlog) bytes wait" }
            }
            let summary = link.summary
            return summary.arrived == summary.sent + summary.dropped ? nil : "\(summary)"
        }
    }

    @Test("No packet waits longer than a full queue takes")
    func delayBound() throws {
        try every(5) { configuration, scenario, _ in
            for (index, packet) in sent(configuration, scenario).enumerated() {
                // What every byte costs when it travels alone covers overhead, smallest packets and cells.
                let worst = Int128(scenario.limit) * Int128(configuration.cost.nanoseconds(for: 1) + 1)
                let delay = packet.departure - packet.arrival
                if Int128(delay) > worst { return "packet \(index) waits \(delay)" }
                guard configuration.cost.framing == .plain, configuration.peak == nil else { continue }
                if delay > configuration.cost.nanoseconds(for: scenario.limit) {
                    return "packet \(index) waits \(delay)"
                }
            }
            return nil
        }
    }

    @Test("After an idle time exactly the packets that fit into the buckets leave at once")
    func burstAfterIdle() throws {
        try every(6, change: { $0.limit = .max }) { configuration, scenario, random in
            guard configuration.capacity < 1 << 50 else { return nil }
            var queue = TokenBucketQueue(configuration)
            let idle = configuration.capacity + Int64(random.spread(1...1 << 40))
            var (sum, peakSum): (Int64, Int64) = (0, 0)
            for (index, packet) in scenario.packets.enumerated() where packet.length <= configuration.largestPacket {
                sum += configuration.cost.nanoseconds(for: packet.length)
                peakSum += configuration.peakCost.nanoseconds(for: packet.length)
                let fits =
                    sum <= configuration.capacity
                    && (configuration.peak == nil || peakSum <= configuration.peakCapacity)
                guard case .sent(let departure) = queue.offer(packet.length, at: idle) else { return nil }
                if (departure == idle) != fits { return "packet \(index) of the burst" }
                let last = max(
                    sum - configuration.capacity, configuration.peak == nil ? 0 : peakSum - configuration.peakCapacity)
                if departure != idle + max(0, last) { return "packet \(index) leaves at \(departure)" }
            }
            return nil
        }
    }

    @Test("While something waits, what is served is the time that passes, to the nanosecond")
    func saturation() throws {
        try every(
            7,
            change: {
                $0.peak = nil; $0.limit = .max
            }
        ) { configuration, scenario, _ in
            let sent = sent(configuration, scenario)
            for (before, packet) in zip(sent, sent.dropFirst()) {
                // It arrived while the one before it waited, so the link never rested between the two.
                guard packet.arrival <= before.departure, before.departure > before.arrival else { continue }
                if packet.departure - before.departure != packet.cost { return "\(before), \(packet)" }
            }
            return nil
        }
    }

    @Test(
        "More rate, burst, peak or peak bucket, and less framing, make no packet later where nothing is dropped",
        arguments: ["rate", "burst", "peak", "bucket", "overhead", "mpu"])
    func monotonicity(of setting: String) throws {
        try every(8, change: { $0.limit = .max }) { configuration, scenario, random in
            var more = scenario
            switch setting {
            case "rate": more.rate *= random.spread(2...8)
            case "burst": more.burst = UInt32(clamping: UInt64(more.burst) * random.spread(2...8))
            case "peak": more.peak?.rate *= random.spread(2...8)
            case "bucket":
                if let bucket = more.peak?.bucket { more.peak?.bucket = UInt32(clamping: UInt64(bucket) * 2) }
            case "overhead":
                // The overhead makes the bucket larger too, so this holds only where every packet has it in full.
                if more.framing.smallestPacket == 0, more.framing.linkLayer == .ethernet { more.framing = .plain }
            default:
                more.framing = PacketFraming(overhead: more.framing.overhead, linkLayer: more.framing.linkLayer)
            }
            guard let better = more.configuration else { return nil }
            // Where fewer are refused as too large, the others may well wait longer.
            let packets = scenario.packets.filter { $0.length <= configuration.largestPacket }
            let (before, after) = (queueOutcomes(configuration, packets), queueOutcomes(better, packets))
            for index in packets.indices {
                guard case .sent(let early) = after[index], case .sent(let late) = before[index] else { return nil }
                // A cut-off nanosecond of a packet may go either way where costs are others.
                let slack = setting == "burst" || setting == "bucket" ? 0 : Int64(index + 1)
                if early > late + slack { return "packet \(index): \(early) after \(late)" }
            }
            return nil
        }
    }

    @Test(
        "With packets of one length, more rate, burst or limit never lets fewer through",
        arguments: ["rate", "burst", "limit"])
    func monotonicityOfDrops(of setting: String) throws {
        let equalLengths: (inout Scenario) -> Void = { scenario in
            let length = min(1514, scenario.burst, scenario.peak?.bucket ?? .max)
            scenario.packets = scenario.packets.map { ($0.arrival, length) }
        }
        try every(9, change: equalLengths) { configuration, scenario, random in
            var more = scenario
            switch setting {
            case "rate": more.rate *= random.spread(2...8)
            case "burst": more.burst = UInt32(clamping: UInt64(more.burst) * random.spread(2...8))
            default: more.limit = UInt32(clamping: UInt64(more.limit) * random.spread(2...8))
            }
            guard let better = more.configuration else { return nil }
            let passed = { (configuration: ShaperConfiguration) in
                queueOutcomes(configuration, scenario.packets).filter { $0 != .limit && $0 != .oversize }.count
            }
            let (before, after) = (passed(configuration), passed(better))
            return after < before ? "\(before) passed, then \(after)" : nil
        }
    }

    @Test("A trace that begins later, with the bucket full as much later, has the same delays")
    func shift() throws {
        try every(10) { configuration, scenario, random in
            let offset = Int64(random.spread(1...1 << 60))
            let shifted = scenario.packets.map { (arrival: $0.arrival + offset, length: $0.length) }
            let expected = queueOutcomes(configuration, scenario.packets).map { outcome in
                if case .sent(let moment) = outcome { PacketOutcome.sent(at: moment + offset) } else { outcome }
            }
            return queueOutcomes(configuration, shifted, fullAt: offset) == expected ? nil : "shifted by \(offset)"
        }
    }

    @Test("A trace that is stretched, on a link that is as much slower, has delays that are stretched")
    func scaling() throws {
        // Rates whose costs are whole nanoseconds for each byte, so that no rounding comes in.
        for (rate, stretch) in [(1_000_000_000, 8), (125_000_000, 5), (250_000_000, 4), (1_000_000, 1000)]
            as [(UInt64, UInt64)]
        {
            try every(
                11 &+ stretch,
                change: {
                    $0.rate = rate; $0.peak = nil; $0.framing = .plain
                }
            ) {
                configuration, scenario, _ in
                var slow = scenario
                slow.rate = rate / stretch
                guard let slower = slow.configuration else { return nil }
                // Idle links have moments near the end of the clock.
                let first = scenario.packets.first?.arrival ?? 0
                let packets = scenario.packets.map { (arrival: $0.arrival - first, length: $0.length) }
                guard packets.last?.arrival ?? 0 < 1 << 45 else { return nil }
                let stretched = packets.map { (arrival: $0.arrival * Int64(stretch), length: $0.length) }
                let expected = queueOutcomes(configuration, packets).map { outcome in
                    if case .sent(let moment) = outcome {
                        PacketOutcome.sent(at: moment * Int64(stretch))
                    } else {
                        outcome
                    }
                }
                return queueOutcomes(slower, stretched) == expected ? nil : "stretched by \(stretch)"
            }
        }
    }

    @Test("A run can be cut anywhere and go on from a copy of the filter")
    func splitting() throws {
        try every(12) { configuration, scenario, random in
            let cut = Int.random(in: 0..<scenario.packets.count, using: &random)
            let whole = queueOutcomes(configuration, scenario.packets)
            let halves = filterOutcomes(configuration, scenario.packets, cutBefore: cut)
            return halves == whole ? nil : "cut before \(cut)"
        }
    }

    @Test("A peak bucket as large as the bucket changes nothing")
    func irrelevantPeak() throws {
        try every(13, change: { $0.peak = nil }) { configuration, scenario, _ in
            var peaked = scenario
            // Its bucket holds as many nanoseconds at the peak as the bucket does at the rate, and earns no fewer bytes.
            let (bucket, overflow) = scenario.burst.multipliedReportingOverflow(by: 2)
            guard !overflow, scenario.rate < 25_000_000_000 else { return nil }
            peaked.peak = (scenario.rate * 2, bucket)
            guard let other = peaked.configuration, other.peakCapacity >= other.capacity else { return nil }
            return queueOutcomes(other, scenario.packets) == queueOutcomes(configuration, scenario.packets)
                ? nil : "the peak matters"
        }
    }

    @Test("A packet that is too large changes nothing for the others")
    func oversizeIsInvisible() throws {
        try every(14) { configuration, scenario, _ in
            let fitting = scenario.packets.filter { $0.length <= configuration.largestPacket }
            let kept = zip(scenario.packets, queueOutcomes(configuration, scenario.packets))
                .filter { $0.0.length <= configuration.largestPacket }.map(\.1)
            return kept == queueOutcomes(configuration, fitting) ? nil : "others change"
        }
    }

    @Test("A queue smaller than every packet drops them all; a link without end holds up none")
    func extremesOfSettings() throws {
        let packets = (0..<100).map { (arrival: Int64($0), length: UInt32(1514)) }
        let narrow = try ShaperConfiguration(rate: .megabits(1), burst: .kibibytes(32), limit: .bytes(1513))
        #expect(queueOutcomes(narrow, packets).allSatisfy { $0 == .limit })
        let exact = try ShaperConfiguration(rate: .megabits(1), burst: .bytes(1514), limit: .bytes(1514))
        #expect(queueOutcomes(exact, packets).filter { $0 == .limit }.count == 98)
        let wide = try ShaperConfiguration(
            rate: .gigabits(1_000_000), burst: .bytes(4_294_967_295), limit: .bytes(4_294_967_295))
        #expect(queueOutcomes(wide, packets).elementsEqual(packets.map { .sent(at: $0.arrival) }))
    }
}
