/// A shaped link in virtual time: packets in, outcomes out, and at any moment the sums and the course of what passed.
///
/// ```swift
/// var link = SimulatedLink(try ShaperConfiguration(rate: .megabits(1), burst: .kibibytes(32), limit: .mebibytes(2)))
/// for packet in packets {
///     let outcome = link.offer(packet)  // .sent(at: …), .limit or .oversize
/// }
/// print(link.summary.sent.bytes)
/// ```
///
/// It is a ``TokenBucketQueue`` with bookkeeping: the kernel's arithmetic without the latency of its timers. A stream of any
/// length takes the same memory, and no packet allocates any. Use ``LinkSimulation`` for several sources, for sources that
/// wait for what has left, for settings that change on the way, and for timers that are late.
public struct SimulatedLink: ~Copyable, Sendable {
    private var queue: TokenBucketQueue
    private var recorder: LinkRecorder

    /// Creates a link with full buckets.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - moment: The moment at which the buckets are full, in nanoseconds.
    ///   - peakWindow: The length of time over which ``LinkSummary/peakRate`` is taken, 10 ns to 1 hour.
    ///   - timelineBins: The most bins that ``timeline`` may have, an even number from 2 to 65,536.
    /// - Precondition: Window and bins lie in their ranges.
    public init(
        _ configuration: ShaperConfiguration, at moment: Int64 = 0, peakWindow: Duration = .milliseconds(100),
        timelineBins: Int = 512
    ) {
        queue = TokenBucketQueue(configuration, at: moment)
        recorder = LinkRecorder(configuration, peakWindow: peakWindow, timelineBins: timelineBins)
    }

    /// Takes a packet in, and says what becomes of it.
    ///
    /// - Parameter packet: The packet, which does not arrive before the one before it. A super-packet is not cut; offer one
    ///   with ``offer(_:each:)``.
    /// - Returns: What becomes of it.
    public mutating func offer(_ packet: Packet) -> PacketOutcome {
        let outcome = queue.offer(packet.length, at: packet.arrival)
        recorder.record(packet.length, at: packet.arrival, outcome, backlog: queue.waiting)
        return outcome
    }

    /// Takes a packet in that may be a super-packet, and says what becomes of it or of each of its segments.
    ///
    /// - Parameters:
    ///   - packet: The packet, which does not arrive before the one before it.
    ///   - body: Is called with the packet and what becomes of it or, when the link cuts it, with each segment in order.
    public mutating func offer(_ packet: Packet, each body: (Packet, PacketOutcome) -> Void) {
        guard let superPacket = packet.superPacket else { return body(packet, offer(packet)) }
        queue.offer(superPacket, at: packet.arrival) { length, outcome, backlog in
            recorder.record(length, at: packet.arrival, outcome, backlog: backlog)
            body(length == packet.length ? packet : packet.segment(length), outcome)
        }
    }

    /// The sums of what was offered so far.
    public var summary: LinkSummary { recorder.summary }

    /// What happened when, so far; what waits is known to leave, and counts where it will.
    public var timeline: LinkTimeline { recorder.timeline }
}
