import FaultModel
import TrafficShaping

/// The simulator, in virtual time.
struct SimulatedArm: LinkArm {
    /// By how much its timers are late.
    var latency = Duration.zero
    /// What happens to the link on the way.
    var events: [LinkEvent] = []

    var stamps: StampAccuracy { StampAccuracy(early: 0, late: latency.wholeNanoseconds, isAtTheLink: true) }

    func run(_ link: LinkCase) async throws -> LinkObservation {
        run(link.packets.map { (arrival: $0.moment, length: $0.length) }, over: try link.configuration())
    }

    /// Sends packets that come at these moments over a link whose bucket is full at the beginning.
    func run(
        _ arrivals: [(arrival: Int64, length: UInt32)], over configuration: ShaperConfiguration
    ) -> LinkObservation {
        var simulation = LinkSimulation(configuration)
        simulation.wakeUpLatency = latency
        simulation.events = events
        let source = PacketTrace(
            arrivals.enumerated().map { Packet(arrival: $1.arrival, length: $1.length, tag: $0) })
        var departures: [Int: Int64] = [:]
        var order: [Int] = []
        let result = simulation.run([source]) { packet, fate in
            guard case .sent(let moment) = fate else { return }
            departures[packet.tag] = moment
            order.append(packet.tag)
        }
        let summary = result.summary
        return LinkObservation(
            packets: arrivals.enumerated().map { number, packet in
                LinkObservation.Packet(
                    arrival: packet.arrival, length: packet.length, departure: departures[number])
            },
            order: order,
            counters: LinkObservation.Counters(
                sentBytes: summary.sent.bytes, sentPackets: summary.sent.packets,
                dropped: summary.dropped.packets, backlog: 0))
    }
}
