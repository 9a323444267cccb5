import FaultModel

/// A simulation step by step, for links whose timers are late, and for those that change.
struct LinkSteps {
    private let latency: Int64
    private var changes: ArraySlice<LinkEvent>
    /// The link; absent once it is removed.
    private var filter: TokenBucketFilter?
    /// The packets in the filter, in its order.
    private var waiting = FIFO<Packet>()
    /// The moment at which a link that drains is removed, whatever waits.
    private var drainsUntil: Int64?
    private(set) var recorder: LinkRecorder

    init(_ simulation: LinkSimulation) {
        latency = simulation.wakeUpLatency.wholeNanoseconds
        // A sort that keeps the order of equals, which the standard library does not promise.
        changes =
            simulation.events.enumerated()
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)[...]
        filter = TokenBucketFilter(simulation.configuration)
        recorder = LinkRecorder(
            simulation.configuration, peakWindow: simulation.peakWindow, timelineBins: simulation.timelineBins)
    }

    /// The moment at which the timer goes off; the largest number when nothing waits for it.
    private var timer: Int64 {
        guard let filter, !filter.isStuck, let moment = filter.wakeUpAt else { return .max }
        return moment &+ latency
    }

    /// Runs to the end.
    mutating func run(_ traffic: inout MergedTraffic, observer: (Packet, PacketFate) -> Void) {
        func settle(_ packet: Packet, _ fate: PacketFate) {
            traffic.packet(packet, became: fate)
            observer(packet, fate)
        }
        while true {
            let (timer, arrival) = (timer, traffic.nextArrival)
            let (change, drained) = (changes.first?.moment ?? .max, drainsUntil ?? .max)
            let next = min(min(timer, arrival), min(change, drained))
            if next == .max { break }
            if timer == next {
                sendWhatMayLeave(at: timer, settle)
            } else if drained == next {
                remove(at: drained, settle)
            } else if change == next, let event = changes.popFirst() {
                happen(event, settle)
            } else if let packet = traffic.next() {
                arrive(packet, settle)
            }
        }
        for packet in waiting.removeAll() {
            recorder.stuck(packet.length)
            settle(packet, .stuck)
        }
    }

    private mutating func arrive(_ packet: Packet, _ settle: (Packet, PacketFate) -> Void) {
        guard let configuration = filter?.configuration else {
            recorder.passed(packet.length, at: packet.arrival)
            return settle(packet, .sent(at: packet.arrival))
        }
        let before = waiting.count
        if let superPacket = packet.superPacket, superPacket.treatment(by: configuration) == .segmented {
            // Nothing leaves before the last segment is in.
            for length in superPacket.segmentLengths { enqueue(packet.segment(length), settle) }
        } else {
            enqueue(packet, settle)
        }
        let accepted = waiting.count - before
        sendWhatMayLeave(at: packet.arrival, settle)
        guard let backlog = filter?.backlog else { return }
        for packet in waiting.last(accepted) {
            recorder.joined(packet.length, at: packet.arrival, backlog: backlog)
        }
    }

    private mutating func enqueue(_ packet: Packet, _ settle: (Packet, PacketFate) -> Void) {
        recorder.arrived(packet.length, at: packet.arrival)
        switch filter?.enqueue(TokenBucketFilter.Entry(length: packet.length)) {
        case .limit:
            recorder.droppedAtLimit(packet.length, at: packet.arrival)
            settle(packet, .limit)
        case .oversize:
            recorder.droppedAsOversize(packet.length, at: packet.arrival)
            settle(packet, .oversize)
        case .queued, nil:
            waiting.append(packet)
        }
    }

    private mutating func sendWhatMayLeave(at moment: Int64, _ settle: (Packet, PacketFate) -> Void) {
        while filter?.dequeue(at: moment) != nil, let packet = waiting.first {
            waiting.removeFirst()
            recorder.sent(packet.length, arrival: packet.arrival, departure: moment)
            settle(packet, .sent(at: moment))
        }
        if drainsUntil != nil, waiting.count == 0 { remove(at: moment, settle) }
    }

    private mutating func happen(_ event: LinkEvent, _ settle: (Packet, PacketFate) -> Void) {
        switch event.action {
        case .change(let configuration):
            drainsUntil = nil
            change(to: configuration, at: event.moment)
        case .remove:
            remove(at: event.moment, settle)
        case .drainThenRemove(let longest):
            guard filter != nil else { return }
            if waiting.count == 0 { return remove(at: event.moment, settle) }
            drainsUntil = SourceClock.sum(event.moment, max(0, longest.wholeNanoseconds))
            change(to: .draining, at: event.moment)
        }
    }

    private mutating func change(to configuration: ShaperConfiguration, at moment: Int64) {
        recorder.changed(to: configuration)
        guard var filter else {
            self.filter = TokenBucketFilter(configuration, at: moment)
            return
        }
        self.filter = nil
        // Behind a packet that is stuck, the timer has gone off again and again, each time for what is missing.
        if let first = filter.wakeUpAt.map({ $0 &+ latency }), filter.isStuck, first <= moment {
            let period = filter.shortfall &+ latency
            _ = filter.dequeue(at: first &+ (moment &- first) / period &* period)
        }
        filter.change(to: configuration, at: moment)
        self.filter = filter
    }

    private mutating func remove(at moment: Int64, _ settle: (Packet, PacketFate) -> Void) {
        drainsUntil = nil
        filter = nil
        for packet in waiting.removeAll() {
            recorder.discarded(packet.length, at: moment)
            settle(packet, .discarded(at: moment))
        }
    }
}

extension ShaperConfiguration {
    /// The fastest settings that there are, for letting go what waits.
    static let draining: ShaperConfiguration = {
        do throws(ShaperError) {
            let most = ByteSize.bytes(Int64(UInt32.max))
            return try ShaperConfiguration(rate: .gigabits(1_000_000), burst: most, limit: most)
        } catch {
            preconditionFailure("the fastest settings are no settings: \(error)")
        }
    }()
}
