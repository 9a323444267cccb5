import FaultModel

/// Some bytes that go out through a window: what a file, an answer or a chunk of video has in common.
///
/// At most a window of bytes is on its way at once; what has left makes room a round trip later. A packet that was dropped
/// is sent again, each time after twice as long, up to 64 times that, and keeps its room meanwhile. After the fifteenth loss
/// of a packet, as Linux does, or when it is too large for the link, the transfer is given up.
///
/// The window gives way to losses as TCP's does (RFC 5681, congestion avoidance): it is halved, once in the time that a loss
/// takes to be mended, and grows again by a packet with each window that has come through. There is no slow start: it
/// begins at its largest.
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

    /// The bytes on their way, and how many there may be.
    private struct Flight {
        let packetLength: UInt64
        let largest: UInt64
        var window: UInt64
        var bytes: UInt64 = 0
        private var grown: UInt64 = 0

        init(_ path: Path) {
            packetLength = UInt64(path.packetLength)
            largest = path.window
            window = path.window
        }

        func hasRoom(for length: UInt32) -> Bool { bytes + UInt64(length) <= window || bytes == 0 }

        mutating func land(_ length: UInt32) {
            bytes -= UInt64(length)
            grown += UInt64(length)
            guard grown >= window else { return }
            grown -= window
            window = min(window + packetLength, largest)
        }

        mutating func giveWay() {
            window = max(window / 2, packetLength)
            grown = 0
        }
    }

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
    private var flight: Flight
    /// The moment before which no loss halves the window again.
    private var mendedAt: Int64 = .min
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
        flight = Flight(path)
        lastArrival = start
        lastAcknowledged = start
        findUpcoming()
    }

    mutating func advance() {
        guard let packet = upcoming else { return }
        land(before: packet.arrival)
        if packet.tag & (1 << Self.tagBits - 1) > 0 {
            lost.removeFirst()
        } else {
            fresh -= UInt64(packet.length)
            flight.bytes += UInt64(packet.length)
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
        land(before: moment)
        if moment >= mendedAt {
            flight.giveWay()
            mendedAt = SourceClock.sum(moment, path.retryDelay(losses: 1))
        }
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

    /// Takes in what was acknowledged up to a moment, which has come.
    private mutating func land(before moment: Int64) {
        while let next = acknowledged.first, next.moment <= moment {
            flight.land(next.length)
            acknowledged.removeFirst()
        }
    }

    /// The moment at which the window has room for the next fresh packet, if there is one and if that is known.
    ///
    /// It looks ahead without taking anything in: a loss may come before.
    private func findRoom() -> Int64? {
        guard fresh > 0 else { return nil }
        var ahead = flight
        var moment = max(start, lastArrival)
        var position = 0
        while !ahead.hasRoom(for: nextLength), position < acknowledged.count {
            ahead.land(acknowledged[position].length)
            moment = max(moment, acknowledged[position].moment)
            position += 1
        }
        return ahead.hasRoom(for: nextLength) ? moment : nil
    }

    private func packet(at moment: Int64, length: UInt32, losses: Int) -> Packet? {
        let arrival = max(moment, lastArrival)
        // Where the clock ends, so does the traffic.
        guard arrival < Packet.latestArrival else { return nil }
        return Packet(arrival: arrival, length: length, tag: number << Self.tagBits | losses)
    }
}
