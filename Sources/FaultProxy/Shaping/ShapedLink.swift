import Evidence
import FaultModel
import SocketIO
import TrafficShaping

/// A token bucket that the connections of a proxy share, on their way to the clients.
///
/// Connections that have something to send stand in a line. The first one sends when the bucket can pay, one quantum while
/// others wait, and goes to the end of the line. Tokens are taken at the moment of sending, as the kernel does: a loop that
/// wakes late loses no rate as long as the bucket does not overflow meanwhile.
///
/// A kernel drops what its queue has no room for. A proxy cannot, because the bytes of a connection are promised to come in
/// order; it leaves them in the upstream's socket. What a kernel would have dropped is known all the same: its queue is
/// offered the same bytes at the same moments, as far as they can be seen.
///
/// Confined to the thread of its loop. A connection that has nothing to send costs nothing.
final class ShapedLink {
    let rule: LinkRule

    private let log: EventLog
    private var bucket: TokenBucket
    private let limit: Int
    /// Bytes that a connection sends in one turn: a full packet, or what a fast link brings in half a millisecond, so that it
    /// does not wake its loop for each packet.
    private let quantum: Int

    private var figures: LinkFigures
    private var line = FIFO<LinkSeat>()
    private var starved = FIFO<LinkSeat>()
    /// Places to look at when the bucket is empty: what they have then has to wait.
    private var fresh: [LinkSeat] = []
    private var timer: LoopTimer?
    private var isServing = false
    /// Whether the line is going to be served at the end of the round, or once more by who serves it now.
    private var isPlanned = false

    /// Bytes that wait at the link, over all connections.
    private var held = 0
    private var contenders = 0

    /// A packet of 1500 bytes with its link header, as a queueing discipline counts it.
    private static let fullPacket = 1514
    /// Turns after which the loop looks at everything else: a link that pays for more than the loop can carry would not let
    /// it go.
    private static let mostTurns = 64

    init(_ rule: LinkRule, log: EventLog, at now: Timestamp) {
        self.rule = rule
        self.log = log
        let configuration = rule.configuration
        bucket = TokenBucket(configuration, fullAt: now.nanoseconds)
        limit = Int(configuration.limit.bytes)
        let inHalfMillisecond = Int(clamping: configuration.cost.rate.bytesPerSecond / 2000)
        // A quarter of the bucket at most: the rest is for being late.
        let turn = max(Self.fullPacket, min(inHalfMillisecond, Int(configuration.burst.bytes) / 4))
        quantum = min(turn, Int(configuration.largestPacket), limit)
        figures = LinkFigures(configuration, packetSize: min(Self.fullPacket, quantum), at: now)
        timer = LoopTimer { [weak self] context in self?.serve(context) }
    }

    /// Ends the link, whose connections have left, and logs what it did.
    func end(_ context: LoopContext) {
        if let timer { context.set(timer, to: nil) }
        timer = nil
        // Each of these places holds on to the link.
        line = FIFO()
        starved = FIFO()
        fresh = []
        log.append(.linkEnded(FaultName(rule.name), figures.record), at: context.clock.now)
    }

    // MARK: Room

    /// Bytes that a connection may read from its upstream.
    ///
    /// Less than a quantum counts as none, or a full link would be filled by the byte.
    ///
    /// - Parameter seat: The place of the connection.
    /// - Returns: Their number, or 0.
    func room(for seat: LinkSeat) -> Int {
        let room = min(share(of: seat) - seat.held, limit - held)
        return room < quantum ? 0 : room
    }

    /// What a connection may hold: all that compete have equal shares, so that none keeps the others out.
    private func share(of seat: LinkSeat) -> Int {
        max(limit / (contenders + (seat.isContending ? 0 : 1)), quantum)
    }

    /// Notes that a connection would read from its upstream and has no room for it.
    ///
    /// - Parameters:
    ///   - seat: The place of the connection.
    ///   - available: Bytes in the upstream's socket.
    ///   - received: The position up to which they have been read.
    ///   - context: The loop.
    func deny(_ seat: LinkSeat, available: Int, received: UInt64, _ context: LoopContext) {
        // Also when nothing has come yet: nobody else would have it look again.
        starve(seat)
        guard available > 0 else { return }
        if !seat.isDenied {
            // Whether the bucket pays for what is in the way, so that there is room at once, shows when the line is served.
            seat.isDenied = true
            freshen(seat)
            plan(context)
        } else if !seat.isFresh {
            seat.keptUpTo = max(seat.keptUpTo, received + UInt64(available))
        }
    }

    /// Notes how far the bytes of a connection have come, read or not, and counts what a kernel would have dropped of them.
    ///
    /// - Parameters:
    ///   - seat: The place of the connection.
    ///   - position: The position up to which they have come.
    ///   - now: The present moment.
    func arrived(_ seat: LinkSeat, upTo position: UInt64, at now: Timestamp) {
        figures.arrived(seat, upTo: position, at: now)
    }

    /// Has a connection wait until others have made room; one that has all of its share waits for its own turn.
    private func starve(_ seat: LinkSeat) {
        guard !seat.isStarved, limit - held < quantum else { return }
        if !seat.isContending { contenders += 1 }
        seat.isStarved = true
        starved.append(seat)
    }

    // MARK: The line

    /// Learns what a connection has for its client, takes in as much of it as there is room for, and puts the connection in
    /// the line.
    ///
    /// - Parameters:
    ///   - seat: The place of the connection.
    ///   - sendable: Bytes that may go to the client and that it would take.
    ///   - passed: The position up to which the client has been sent its bytes.
    ///   - context: The loop.
    func update(_ seat: LinkSeat, sendable: Int, passed: UInt64, _ context: LoopContext) {
        let room = max(0, min(share(of: seat) - seat.held, limit - held))
        let taken = min(sendable, seat.held + room)
        if taken > seat.held {
            freshen(seat)
            seat.isDenied = false
            // They waited for room, which is to wait for the tokens of what was before them.
            let end = min(passed + UInt64(taken), seat.keptUpTo)
            delayed(seat, from: passed + UInt64(seat.held), to: end, context)
        }
        // Room that is given back without a turn, as when the client takes nothing, is for those that wait for it.
        if taken < seat.held { plan(context) }
        change(seat) { $0.hold(taken, behind: passed, at: context.now) }
        if sendable > taken { starve(seat) }
        guard seat.held > 0, !seat.isInLine else { return }
        seat.isInLine = true
        line.append(seat)
        plan(context)
    }

    /// Lets a connection go.
    ///
    /// - Parameters:
    ///   - seat: Its place.
    ///   - context: The loop.
    func leave(_ seat: LinkSeat, _ context: LoopContext) {
        change(seat) { $0.vacate() }
        plan(context)
    }

    private func change(_ seat: LinkSeat, _ body: (LinkSeat) -> Void) {
        let before = (held: seat.held, isContending: seat.isContending)
        body(seat)
        held += seat.held - before.held
        figures.held(held)
        contenders += (seat.isContending ? 1 : 0) - (before.isContending ? 1 : 0)
    }

    /// Serves the line when the events of the present round have been handled.
    private func plan(_ context: LoopContext) {
        guard !isPlanned else { return }
        isPlanned = true
        if !isServing { context.atEndOfRound { [weak self] context in self?.serve(context) } }
    }

    private func serve(_ context: LoopContext) {
        guard let timer else { return }
        isServing = true
        var turns = Self.mostTurns
        var wakeAt: Timestamp?
        repeat {
            wakeAt = takeTurns(atMost: &turns, context)
            isPlanned = false
            if wakeAt != nil {
                countDelays(context)
            } else if turns > 0 {
                forgetServed()
            }
            feed(context)
        } while isPlanned && turns > 0
        isPlanned = false
        isServing = false
        context.set(timer, to: turns > 0 ? wakeAt : context.clock.now)
    }

    /// Has the connections in the line send as long as the bucket pays.
    ///
    /// - Parameters:
    ///   - turns: The most turns to take; those that were taken are subtracted.
    ///   - context: The loop.
    /// - Returns: The moment at which the bucket pays for the next one, or nothing when it could pay for all.
    private func takeTurns(atMost turns: inout Int, _ context: LoopContext) -> Timestamp? {
        while turns > 0, let seat = line.first {
            guard seat.held > 0, let connection = seat.connection else {
                seat.isInLine = false
                line.removeFirst()
                continue
            }
            let now = context.clock.now
            let wait = bucket.wait(for: UInt32(min(seat.held, quantum)), at: now.nanoseconds)
            if wait > 0 { return now + .nanoseconds(wait) }
            seat.isInLine = false
            line.removeFirst()
            turns -= 1
            let most = min(seat.held, line.isEmpty ? Int(bucket.largestPacket(at: now.nanoseconds)) : quantum)
            let sent = connection.sendFromLink(most, context)
            if sent > 0 {
                bucket.charge(UInt32(sent), at: now.nanoseconds)
                figures.sent(sent, from: seat, passed: connection.upstream.passedOn, at: now)
            }
            // It stands in line again when it has more.
            connection.follow(context)
        }
        return nil
    }

    /// Has a place looked at when the bucket is empty.
    private func freshen(_ seat: LinkSeat) {
        guard !seat.isFresh else { return }
        seat.isFresh = true
        fresh.append(seat)
    }

    /// Counts what has come and could not leave before the bucket was empty as delayed.
    private func countDelays(_ context: LoopContext) {
        for seat in fresh {
            seat.isFresh = false
            guard let connection = seat.connection else { continue }
            let upstream = connection.upstream
            delayed(seat, from: upstream.passedOn, to: upstream.passedOn + UInt64(seat.held), context)
            if seat.isDenied {
                seat.keptUpTo = max(seat.keptUpTo, upstream.received + UInt64(upstream.socket.unread))
            }
        }
        fresh.removeAll(keepingCapacity: true)
    }

    /// Forgets places whose bytes have all left; those that are denied have more.
    private func forgetServed() {
        for seat in fresh where !seat.isDenied { seat.isFresh = false }
        fresh.removeAll { !$0.isFresh }
    }

    /// Notes that the bytes between two positions have to wait.
    private func delayed(_ seat: LinkSeat, from start: UInt64, to end: UInt64, _ context: LoopContext) {
        guard let connection = seat.connection, end > max(start, seat.delayedUpTo) else { return }
        let isFirst = seat.delayedUpTo == 0
        seat.delayedUpTo = end
        guard isFirst else { return }
        log.append(.linkDelayed(connection.id, fault: FaultName(rule.name)), at: context.clock.now)
    }

    /// Lets connections go on for which there is room again, in the order in which they ran out of it.
    private func feed(_ context: LoopContext) {
        while limit - held >= quantum, let seat = starved.first {
            starved.removeFirst()
            change(seat) { $0.isStarved = false }
            seat.connection?.follow(context)
        }
    }
}
