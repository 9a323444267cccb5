import FaultModel
import TrafficShaping

/// Settings and packets that nobody thought of.
struct Scenario: CustomStringConvertible {
    var rate: UInt64
    var burst: UInt32
    var limit: UInt32
    var peak: (rate: UInt64, bucket: UInt32)?
    var framing: PacketFraming
    var packets: [(arrival: Int64, length: UInt32)]

    var description: String {
        """
        rate \(rate) B/s, burst \(burst), limit \(limit), peak \(peak.map { "\($0.rate) B/s \($0.bucket)" } ?? "none"), \
        overhead \(framing.overhead), mpu \(framing.smallestPacket), \(framing.linkLayer)
        """
    }

    /// The settings for the library, or nothing when it refuses them.
    var configuration: ShaperConfiguration? {
        guard let rate = DataRate(bytesPerSecond: rate), let burst = ByteSize(bytes: burst),
            let limit = ByteSize(bytes: limit)
        else { return nil }
        var limitOfPeak: PeakLimit?
        if let peak {
            guard let peakRate = DataRate(bytesPerSecond: peak.rate), let bucket = ByteSize(bytes: peak.bucket) else {
                return nil
            }
            limitOfPeak = PeakLimit(rate: peakRate, bucket: bucket)
        }
        return try? ShaperConfiguration(rate: rate, burst: burst, limit: limit, peak: limitOfPeak, framing: framing)
    }

    /// The same settings for the kernel's form.
    var kernel: KernelFilter {
        let config = { (rate: UInt64) in
            KernelFilter.RateConfig(
                bytesPerSecond: rate, overhead: UInt32(framing.overhead), mpu: UInt32(framing.smallestPacket),
                isATM: framing.linkLayer == .atm)
        }
        return KernelFilter(
            rate: config(rate), burst: burst, limit: limit, peak: peak.map { (config($0.rate), $0.bucket) })
    }

    private static let rates: [UInt64] = [
        1, 2, 3, 7, 8000, 125_000, 187_499, 1_250_000, 12_500_000, 124_999_999, 125_000_000, 1_250_000_000,
        12_500_000_000, 50_000_000_000, 49_999_999_999, 4_294_967_296,
    ]

    /// Draws settings that the library takes, and packets that fit them more or less.
    static func random(using random: inout TestRandom, packets count: Int = 200) -> Scenario {
        while true {
            var scenario = Scenario.settings(using: &random)
            guard let configuration = scenario.configuration else { continue }
            scenario.packets = Scenario.packets(count, for: configuration, using: &random)
            return scenario
        }
    }

    private static func settings(using random: inout TestRandom) -> Scenario {
        let rate = random.chance(1, of: 2) ? random.pick(rates) : random.spread(1...50_000_000_000)
        let burst = random.chance(1, of: 10) ? UInt32.max : UInt32(random.spread(40...4_000_000))
        let limit = random.chance(1, of: 10) ? UInt32.max : UInt32(random.spread(40...4_000_000))
        var peak: (rate: UInt64, bucket: UInt32)?
        if random.chance(1, of: 2) {
            let factor = random.spread(1...64)
            peak = (rate * factor + random.spread(1...rate + 1), UInt32(random.spread(40...200_000)))
        }
        var framing = PacketFraming.plain
        if random.chance(1, of: 3) {
            framing = PacketFraming(
                overhead: random.pick([0, 4, 24, 500]), smallestPacket: random.pick([0, 64, 84, 2000]),
                linkLayer: random.pick([.ethernet, .atm]))
        }
        return Scenario(rate: rate, burst: burst, limit: limit, peak: peak, framing: framing, packets: [])
    }

    private static func packets(
        _ count: Int, for configuration: ShaperConfiguration, using random: inout TestRandom
    ) -> [(arrival: Int64, length: UInt32)] {
        let most = UInt64(configuration.largestPacket)
        let typical = UInt32(clamping: min(most, random.pick([64, 200, 1514, 9000, 65536])))
        let sameLength = random.chance(1, of: 3)
        let length = { (random: inout TestRandom) -> UInt32 in
            if sameLength { return typical }
            // One in thirty is larger than the bucket, if anything is.
            if random.chance(1, of: 30) { return UInt32(clamping: most + random.spread(1...1000)) }
            return UInt32(clamping: min(most, UInt64.random(in: 1...UInt64(typical), using: &random)))
        }
        // From an idle link to one that gets ten times what it can carry.
        let cost = max(1, configuration.cost.nanoseconds(for: typical))
        let gap = max(1, cost / Int64(random.pick([1, 1, 2, 10])) * Int64(random.pick([1, 1, 1, 4])))
        let manner = Int.random(in: 0..<4, using: &random)
        var moment = random.chance(1, of: 2) ? 0 : Int64(random.spread(1...1 << 40))
        return (0..<count).map { index in
            switch manner {
            case 0: moment += gap
            case 1: moment += Int64.random(in: 0...(2 * gap), using: &random)
            case 2: moment += index.isMultiple(of: 20) ? gap * Int64.random(in: 1...40, using: &random) : 0
            default: moment += random.chance(1, of: 4) ? Int64.random(in: 0...(8 * gap), using: &random) : 0
            }
            return (moment, length(&random))
        }
    }
}

/// What became of packets in the fast form.
func queueOutcomes(
    _ configuration: ShaperConfiguration, _ packets: [(arrival: Int64, length: UInt32)], fullAt moment: Int64 = 0
) -> [PacketOutcome] {
    var queue = TokenBucketQueue(configuration, at: moment)
    return packets.map { queue.offer($0.length, at: $0.arrival) }
}

/// What became of packets in the form step by step, driven without delay.
///
/// Before the packet of a number, the run is cut: a copy of the filter goes on, and the filter itself is spoiled.
func filterOutcomes(
    _ configuration: ShaperConfiguration, _ packets: [(arrival: Int64, length: UInt32)], cutBefore cut: Int? = nil
) -> [PacketOutcome?] {
    var filter = TokenBucketFilter(configuration)
    var outcomes = [PacketOutcome?](repeating: nil, count: packets.count)
    func drain(_ moment: Int64) {
        while let entry = filter.dequeue(at: moment) { outcomes[entry.tag] = .sent(at: moment) }
    }
    for (number, packet) in packets.enumerated() {
        if number == cut {
            let copy = filter
            filter.change(to: configuration, at: packet.arrival)
            _ = filter.enqueue(.init(length: 1))
            _ = filter.dequeue(at: packet.arrival)
            filter = copy
        }
        while let moment = filter.wakeUpAt, moment <= packet.arrival { drain(moment) }
        switch filter.enqueue(.init(length: packet.length, tag: number)) {
        case .limit: outcomes[number] = .limit
        case .oversize: outcomes[number] = .oversize
        case .queued: break
        }
        drain(packet.arrival)
    }
    while let moment = filter.wakeUpAt { drain(moment) }
    return outcomes
}
