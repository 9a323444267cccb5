import FaultModel

/// Some bytes that go out through a window: what a file, an answer or a chunk of video has in common.
///
/// At most a window of bytes is on its way at once; what has left makes room a round trip later. A packet that was dropped
/// is sent again, each time after twice as long, and keeps its room meanwhile. After the fifteenth loss of a packet, as
/// Linux does, or when it is too large for the link, the transfer is given up.
///
/// There is no slow start and no congestion control: the window is what it is.
struct Transfer: Sendable {
    /// What transfers between the same two places have in common.
    struct Path: Sendable {
        let packetLength: UInt32
        let window: UInt64
        /// In nanoseconds.
        let roundTrip: Int64

        init(packetLength: UInt32, window: UInt64, roundTrip: Duration) {
            precondition(packetLength > 0, "a packet has bytes")
            precondition(
                roundTrip >= .zero && roundTrip <= .seconds(3600), "a round trip takes 0 seconds to an hour")
            self.packetLength = packetLength
            // One packet may always be on its way.
            self.window = max(window, UInt64(packetLength))
            self.roundTrip = roundTrip.wholeNanoseconds
        }

        /// How long after its arrival a packet is sent again that was lost so many times.
        func retryDelay(losses: Int) -> Int64 {
            max(2 * roundTrip, 10_000_000) << Int64(min(losses - 1, 6))
        }
    }

    /// The bits of a tag that count how often the packet was lost.
    static let tagBits = 4
    private static let mostLosses = 15

    private struct Lost {
        let retryAt: Int64
        let length: UInt32
        let losses: Int
    }

    /// The next packet, whose tag has the number of the transfer above ``tagBits``.
    private(set) var upcoming: Packet?
    /// When the last byte was acknowledged, or the transfer given up, as soon as that is known.
    private(set) var endedAt: Int64?

    /// What the tags of its packets begin with.
    let number: Int
    /// The moment from which it may send.
    let start: Int64
    /// Whether every byte was acknowledged.
    var isComplete: Bool { endedAt != nil && fresh == 0 && outstanding == 0 }

    private let path: Path
    private var fresh: UInt64
    private var room: UInt64
    /// The moment from which there is ``room``.
    private var roomAt: Int64
    private var lastArrival: Int64
    private var lastAcknowledged: Int64
    /// The packets that were sent, and not acknowledged as far as is known.
    private var outstanding = 0
    private var acknowledged = FIFO<(moment: Int64, length: UInt32)>()
    /// In the order of their moments.
    private var lost: [Lost] = []

    /// Starts a transfer.
    ///
    /// - Parameters:
    ///   - bytes: What is sent, link headers included, at least 1.
    ///   - path: Between which places.
    ///   - start: The moment of the first packet in nanoseconds.
    ///   - number: The number of the transfer, 0 or more.
    init(_ bytes: UInt64, on path: Path, at start: Int64, number: Int = 0) {
        precondition(bytes > 0, "a transfer has bytes")
        self.path = path
        self.number = number
        self.start = start
        fresh = bytes
        room = path.window
        roomAt = start
        lastArrival = start
        lastAcknowledged = start
        findUpcoming()
    }

    mutating func advance() {
        guard let packet = upcoming else { return }
        if packet.tag & (1 << Self.tagBits - 1) > 0 {
            lost.removeFirst()
        } else {
            fresh -= UInt64(packet.length)
            room -= UInt64(packet.length)
            outstanding += 1
        }
        lastArrival = packet.arrival
        findUpcoming()
    }

    mutating func packet(_ packet: Packet, became fate: PacketFate) {
        guard endedAt == nil else { return }
        switch fate {
        case .sent(let moment):
            let acknowledgedAt = SourceClock.sum(moment, path.roundTrip)
            outstanding -= 1
            acknowledged.append((acknowledgedAt, packet.length))
            lastAcknowledged = max(lastAcknowledged, acknowledgedAt)
            if fresh == 0, outstanding == 0 { endedAt = lastAcknowledged }
        case .limit: isLost(packet, noticedAt: packet.arrival)
        case .discarded(let moment): isLost(packet, noticedAt: moment)
        case .oversize: giveUp(at: packet.arrival)
        case .stuck: break
        }
        findUpcoming()
    }

    private mutating func isLost(_ packet: Packet, noticedAt moment: Int64) {
        let losses = packet.tag & (1 << Self.tagBits - 1) + 1
        if losses >= Self.mostLosses { return giveUp(at: moment) }
        let retryAt = max(moment, SourceClock.sum(packet.arrival, path.retryDelay(losses: losses)))
        let index = lost.lastIndex { $0.retryAt <= retryAt }.map { $0 + 1 } ?? 0
        lost.insert(Lost(retryAt: retryAt, length: packet.length, losses: losses), at: index)
    }

    /// Ends; the other side knows a round trip later.
    private mutating func giveUp(at moment: Int64) {
        endedAt = SourceClock.sum(moment, path.roundTrip)
    }

    private mutating func findUpcoming() {
        upcoming = nil
        if endedAt != nil { return }
        let freshAt = findRoom()
        if let first = lost.first, first.retryAt <= freshAt ?? .max {
            upcoming = packet(at: first.retryAt, length: first.length, losses: first.losses)
        } else if let freshAt {
            upcoming = packet(at: freshAt, length: nextLength, losses: 0)
        }
    }

    private var nextLength: UInt32 { UInt32(min(fresh, UInt64(path.packetLength))) }

    /// The moment at which the window has room for the next fresh packet, if there is one and if that is known.
    private mutating func findRoom() -> Int64? {
        guard fresh > 0 else { return nil }
        while room < UInt64(nextLength), let next = acknowledged.first {
            room += UInt64(next.length)
            roomAt = max(roomAt, next.moment)
            acknowledged.removeFirst()
        }
        return room >= UInt64(nextLength) ? max(roomAt, lastArrival) : nil
    }

    private func packet(at moment: Int64, length: UInt32, losses: Int) -> Packet? {
        let arrival = max(moment, lastArrival)
        // Where the clock ends, so does the traffic.
        guard arrival < Packet.latestArrival else { return nil }
        return Packet(arrival: arrival, length: length, tag: number << Self.tagBits | losses)
    }
}
