import FaultModel
import Testing
import TrafficShaping

/// Traffic through a link, for what is written and drawn about it.
struct SampleTraffic: Sendable, CustomTestStringConvertible {
    let name: String
    let configuration: ShaperConfiguration
    let packets: [Packet]

    var testDescription: String { name }

    init(
        _ name: String, _ rate: DataRate, burst: ByteSize = .kibibytes(32), limit: ByteSize = .mebibytes(2),
        peak: PeakLimit? = nil, _ packets: [Packet]
    ) throws {
        self.name = name
        configuration = try ShaperConfiguration(rate: rate, burst: burst, limit: limit, peak: peak)
        self.packets = packets
    }

    /// Packets of one length at equal distances.
    static func steady(_ count: Int, every gap: Int64, length: UInt32 = 1514, from start: Int64 = 0) -> [Packet] {
        (0..<count).map { Packet(arrival: start + Int64($0) * gap, length: length) }
    }

    var seen: (summary: LinkSummary, timeline: LinkTimeline) {
        var link = SimulatedLink(configuration)
        for packet in packets { _ = link.offer(packet) }
        return (link.summary, link.timeline)
    }

    /// Every shape that a picture or a summary may have to show.
    static var all: [SampleTraffic] {
        get throws {
            [
                try SampleTraffic("nothing", .megabits(1), []),
                try SampleTraffic("one packet", .megabits(1), steady(1, every: 0, from: 5)),
                try SampleTraffic("a file", .megabits(1), steady(700, every: 12_112)),
                try SampleTraffic("drops", .megabits(1), limit: .kibibytes(64), steady(2000, every: 1_000_000)),
                try SampleTraffic("below the cap", .gigabits(1), steady(100, every: 12_112_000)),
                try SampleTraffic("oversize", .megabits(1), steady(9, every: 1000, length: 40_000)),
                try SampleTraffic("too small a queue", .megabits(1), limit: .bytes(1000), steady(9, every: 0)),
                try SampleTraffic(
                    "a peak", .megabits(1), peak: PeakLimit(rate: .megabits(2), bucket: .bytes(1540)),
                    steady(50, every: 1000)),
                try SampleTraffic(
                    "146 years", .kilobits(1), [Packet(arrival: 0, length: 60), Packet(arrival: 1 << 62, length: 60)]),
                try SampleTraffic(
                    "the fastest", .megabits(1_000_000_000), burst: .bytes(.init(UInt32.max)), steady(3, every: 1)),
            ]
        }
    }
}
