import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import SocketIO
import TrafficShaping

/// The shaped link of the proxy, in real time over the loopback interface.
///
/// A packet is a write of the upstream: it comes when the write begins, and has left when the client has read its last byte.
/// Both are the moments of threads that share a machine with everything else, so only what they cannot falsify is checked.
struct ProxyArm: LinkArm {
    // A byte more or less in a write makes a nanosecond of difference, because each cost is cut off.
    let stamps = StampAccuracy(early: 2_000, late: .max, isAtTheLink: false)

    func run(_ link: LinkCase) async throws -> LinkObservation { try await record(link).observation }

    /// Sends a case over a link of its own.
    ///
    /// - Returns: What was seen, and what the proxy says about the link.
    func record(_ link: LinkCase) async throws -> (observation: LinkObservation, says: ShapeRecord?) {
        let clock = MonotonicClock()
        let log = EventLog { clock.now }
        let arrivals = Tally<Int64>()
        let server = RawServer { _, _, socket in
            let begin = clock.now.nanoseconds
            for (number, packet) in link.packets.enumerated() {
                let wait = begin + packet.moment - clock.now.nanoseconds
                if wait > 0 { Thread.sleep(forTimeInterval: Double(wait) / 1e9) }
                arrivals.add(clock.now.nanoseconds)
                socket.send(Self.bytes(of: number, packet))
            }
        }
        let shape = ShapeDisruption(rate: link.rate, burst: link.burst, limit: link.limit, peak: link.peak)
        let reads = try await Proxy.withProxy(
            Proxy.Configuration(upstream: .loopback(port: server.port)),
            arming: [ProxyFault("link", .shape(shape))], log: log, clock: clock
        ) { proxy in
            let client = try RawSocket(port: proxy.address.port)
            return try await onThread { Self.readAll(from: client, clock) }
        }
        let records = log.record.events.compactMap { event in
            if case .linkEnded(_, let record) = event.fact { record } else { nil }
        }
        return (Self.observation(of: link, arrivals: arrivals.entries, reads), records.first)
    }

    /// Every byte of a packet tells which packet it belongs to, as far as a byte can.
    private static func bytes(of number: Int, _ packet: ScheduledPacket) -> [UInt8] {
        [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: Int(packet.length))
    }

    private static func readAll(from client: RawSocket, _ clock: MonotonicClock) -> [(bytes: [UInt8], moment: Int64)] {
        var reads: [(bytes: [UInt8], moment: Int64)] = []
        while case .bytes(let bytes) = client.read() { reads.append((bytes, clock.now.nanoseconds)) }
        return reads
    }

    private static func observation(
        of link: LinkCase, arrivals: [Int64], _ reads: [(bytes: [UInt8], moment: Int64)]
    ) -> LinkObservation {
        let received = reads.flatMap(\.bytes)
        var packets: [LinkObservation.Packet] = []
        var order: [Int] = []
        var end = 0
        var read = 0
        var readUpTo = reads.first?.bytes.count ?? 0
        for (number, (packet, arrival)) in zip(link.packets, arrivals).enumerated() {
            let expected = bytes(of: number, packet)
            let isThere = received.dropFirst(end).starts(with: expected)
            end += expected.count
            while readUpTo < end, read + 1 < reads.count {
                read += 1
                readUpTo += reads[read].bytes.count
            }
            packets.append(
                LinkObservation.Packet(
                    arrival: arrival, length: packet.length, departure: isThere ? reads[read].moment : nil))
            if isThere { order.append(number) }
        }
        let counters = LinkObservation.Counters(
            sentBytes: UInt64(received.count), sentPackets: UInt64(order.count), dropped: 0, backlog: 0)
        return LinkObservation(packets: packets, order: order, counters: counters)
    }
}
