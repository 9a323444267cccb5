public import FaultModel

/// What a link did with the traffic that it was offered, in sums.
///
/// At the end of a simulation every packet that arrived was sent, dropped, discarded or is stuck:
/// ``arrived`` is the sum of ``sent``, ``droppedAtLimit``, ``droppedAsOversize``, ``discarded`` and ``stuck``.
public struct LinkSummary: Hashable, Sendable {
    /// What arrived.
    public internal(set) var arrived = TrafficVolume.zero
    /// What left, or is going to leave at a moment that is known.
    public internal(set) var sent = TrafficVolume.zero
    /// What was dropped because the queue had no room.
    public internal(set) var droppedAtLimit = TrafficVolume.zero
    /// What was dropped because a bucket is too small for it.
    public internal(set) var droppedAsOversize = TrafficVolume.zero
    /// What waited and was dropped when the link was removed.
    public internal(set) var discarded = TrafficVolume.zero
    /// What waits and can never leave.
    public internal(set) var stuck = TrafficVolume.zero

    /// Of what was sent, what left at the moment of its arrival.
    public internal(set) var sentAtOnce = TrafficVolume.zero
    /// Of what was sent, what left before a link of the same rate and without a bucket would have begun to send it.
    ///
    /// This is the work of BURST: what was ahead of the rate. That link carries the rest only, so in a long transfer
    /// about one bucket counts, and after each idle time another one.
    public internal(set) var sentAsBurst = TrafficVolume.zero

    /// The moment of the first arrival in nanoseconds, or `nil` when nothing arrived.
    public internal(set) var firstArrival: Int64?
    /// The moment of the last arrival in nanoseconds, or `nil` when nothing arrived.
    public internal(set) var lastArrival: Int64?
    /// The moment of the last departure in nanoseconds, or `nil` when nothing left.
    public internal(set) var lastDeparture: Int64?

    /// How long the packets that were sent had waited.
    public internal(set) var delays = DurationDistribution()
    /// The most bytes that waited at once.
    public internal(set) var largestBacklog: UInt64 = 0

    /// The length of time over which ``peakRate`` is taken.
    public let peakWindow: Duration
    /// The largest rate of departures over ``peakWindow``, or `nil` when everything left within less.
    ///
    /// Windows begin at every tenth of their length, so a peak between two of them can be up to a tenth higher.
    public internal(set) var peakRate: MeasuredRate?

    /// Creates the summary of nothing.
    ///
    /// - Parameter peakWindow: The length of time over which the peak rate is taken, 10 ns to 1 hour.
    init(peakWindow: Duration) {
        self.peakWindow = peakWindow
    }

    /// What was dropped on arrival, for any reason.
    public var dropped: TrafficVolume { droppedAtLimit + droppedAsOversize }

    /// The time from the first arrival to the last arrival or departure, or `nil` when nothing arrived.
    public var duration: Duration? {
        guard let firstArrival, let lastArrival else { return nil }
        return .nanoseconds(max(lastArrival, lastDeparture ?? lastArrival) - firstArrival)
    }

    /// The rate of what was sent, from the first arrival to the last departure; `nil` when no time passed between.
    public var meanRate: MeasuredRate? {
        guard let firstArrival, let lastDeparture else { return nil }
        return MeasuredRate(bytes: sent.bytes, nanoseconds: UInt64(clamping: lastDeparture - firstArrival))
    }

    /// The rate of what arrived, from the first arrival to the last; `nil` when no time passed between.
    public var offeredRate: MeasuredRate? {
        guard let firstArrival, let lastArrival else { return nil }
        return MeasuredRate(bytes: arrived.bytes, nanoseconds: UInt64(clamping: lastArrival - firstArrival))
    }

    /// Whether nothing ever waited although the traffic was above the rate for a while: BURST swallowed all of it.
    ///
    /// Such a run says nothing about the rate. Use a smaller burst, or more traffic.
    public var burstSwallowedEverything: Bool {
        sentAsBurst.packets > 0 && sentAtOnce == sent && droppedAtLimit == .zero
    }
}
