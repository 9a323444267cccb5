import TrafficShaping

/// One of the places where links are shaped.
protocol LinkArm: Sendable {
    /// How far its stamps may be from what they stand for.
    var stamps: StampAccuracy { get }

    /// Sends the packets of a case over a link and waits until it is empty.
    func run(_ link: LinkCase) async throws -> LinkObservation
}

/// How exactly an arm knows when a packet came to the link and when it left.
struct StampAccuracy: Sendable {
    /// Nanoseconds by which a packet seems to leave before it may.
    let early: Int64
    /// Nanoseconds by which the timers of the link may be late, at the median; as a bound that holds on a busy machine.
    let late: Int64
    /// Whether departures are seen where they happen, or only by a reader that takes its time.
    let isAtTheLink: Bool
}

/// What an arm saw.
struct LinkObservation: Sendable {
    struct Packet: Sendable {
        let arrival: Int64
        let length: UInt32
        /// When it left, in nanoseconds; absent when it was dropped.
        let departure: Int64?
    }

    /// What the link itself says that it did.
    struct Counters: Equatable, Sendable {
        var sentBytes: UInt64
        var sentPackets: UInt64
        var dropped: UInt64
        var backlog: UInt64
    }

    /// The packets in the order in which they were sent.
    var packets: [Packet]
    /// The numbers of the packets in the order in which they left.
    var order: [Int]
    var counters: Counters?

    /// What left, in the order of sending.
    var sent: [(arrival: Int64, length: UInt32, departure: Int64)] {
        packets.compactMap { packet in packet.departure.map { (packet.arrival, packet.length, $0) } }
    }

    var droppedCount: Int { packets.count { $0.departure == nil } }
}
