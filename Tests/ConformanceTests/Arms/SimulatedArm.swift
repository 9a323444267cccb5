import TrafficShaping

/// The simulator, in virtual time.
struct SimulatedArm: LinkArm {
    /// Nanoseconds by which its timers are late; without any, the fast form of the queue does the work.
    var lateness: Int64 = 0

    var stamps: StampAccuracy { StampAccuracy(early: 0, late: lateness, isAtTheLink: true) }

    func run(_ link: LinkCase) async throws -> LinkObservation {
        let configuration = try link.configuration()
        guard lateness > 0 else { return Self.ideal(link, configuration) }
        var run = FilterRun(configuration, lateness: lateness)
        for packet in link.packets { run.send(packet.length, at: packet.moment) }
        run.finish()
        return run.observation
    }

    private static func ideal(_ link: LinkCase, _ configuration: ShaperConfiguration) -> LinkObservation {
        var queue = TokenBucketQueue(configuration)
        let packets = link.packets.map { packet in
            var left: Int64?
            if case .sent(let departure) = queue.offer(packet.length, at: packet.moment) { left = departure }
            return LinkObservation.Packet(arrival: packet.moment, length: packet.length, departure: left)
        }
        return LinkObservation(packets: packets, order: packets.indices.filter { packets[$0].departure != nil })
    }
}
