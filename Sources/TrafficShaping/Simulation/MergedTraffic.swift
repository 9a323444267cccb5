/// The packets of several sources in the order of their arrivals, those of the same moment in the order of the sources.
struct MergedTraffic {
    private(set) var sources: [any TrafficSource]
    /// The moments of the next packets; the largest number where there is none.
    private var arrivals: [Int64]
    private var lastArrival: Int64 = 0

    init(_ sources: [any TrafficSource]) {
        self.sources = sources
        arrivals = sources.map { $0.upcoming?.arrival ?? .max }
    }

    /// The moment of the next packet, as far as the sources know; the largest number when there is none.
    var nextArrival: Int64 { arrivals.min() ?? .max }

    /// Takes the next packet.
    mutating func next() -> Packet? {
        let arrival = nextArrival
        guard let index = arrivals.firstIndex(of: arrival), var packet = sources[index].upcoming else { return nil }
        precondition(arrival >= lastArrival, "a source of traffic does not go back in time")
        lastArrival = arrival
        packet.source = index
        sources[index].advance()
        arrivals[index] = sources[index].upcoming?.arrival ?? .max
        return packet
    }

    /// Tells the source of a packet what became of it.
    mutating func packet(_ packet: Packet, became fate: PacketFate) {
        sources[packet.source].packet(packet, became: fate)
        arrivals[packet.source] = sources[packet.source].upcoming?.arrival ?? .max
    }
}
