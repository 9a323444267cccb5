import FaultModel

/// The bookkeeping of a link: sums, delays, and what happened when.
///
/// Takes the same memory whatever passes, and allocates none per packet.
struct LinkRecorder: Sendable {
    private var sums: LinkSummary
    private var peak: PeakMeter
    private var timelineRecorder: TimelineRecorder
    /// The price list of the link, for what it would be without a bucket.
    private var cost: PacketCost
    /// The moment at which a link without a bucket, which carries what is not sent as burst, has nothing left to send.
    private var bareLinkFreeAt: Int64 = .min

    init(_ configuration: ShaperConfiguration, peakWindow: Duration, timelineBins: Int) {
        precondition(
            peakWindow >= .nanoseconds(10) && peakWindow <= .seconds(3600), "a window lasts 10 ns to 1 hour")
        sums = LinkSummary(peakWindow: peakWindow)
        peak = PeakMeter(window: peakWindow.wholeNanoseconds)
        timelineRecorder = TimelineRecorder(bins: timelineBins)
        cost = configuration.cost
    }

    /// The settings of the link change; for the link without a bucket, time begins anew.
    mutating func changed(to configuration: ShaperConfiguration) {
        cost = configuration.cost
        bareLinkFreeAt = .min
    }

    /// A packet arrives of which it is known what becomes of it.
    mutating func record(_ length: UInt32, at arrival: Int64, _ outcome: PacketOutcome, backlog: UInt64) {
        arrived(length, at: arrival)
        switch outcome {
        case .sent(let departure):
            if departure > arrival { joined(length, at: arrival, backlog: backlog) }
            sent(length, arrival: arrival, departure: departure)
        case .limit: droppedAtLimit(length, at: arrival)
        case .oversize: droppedAsOversize(length, at: arrival)
        }
    }

    mutating func arrived(_ length: UInt32, at moment: Int64) {
        sums.arrived.count(length)
        if sums.firstArrival == nil { sums.firstArrival = moment }
        sums.lastArrival = moment
        timelineRecorder.arrived(length, at: moment)
    }

    /// A packet that arrived begins to wait.
    ///
    /// - Parameters:
    ///   - length: Its length in bytes.
    ///   - moment: The moment of its arrival.
    ///   - backlog: The bytes that wait now, its own included.
    mutating func joined(_ length: UInt32, at moment: Int64, backlog: UInt64) {
        sums.largestBacklog = max(sums.largestBacklog, backlog)
        timelineRecorder.joined(length, at: moment, backlog: backlog)
    }

    /// A packet passes where there is no link any more.
    mutating func passed(_ length: UInt32, at moment: Int64) {
        arrived(length, at: moment)
        // It is no merit of a bucket that it need not wait.
        bareLinkFreeAt = .min
        sent(length, arrival: moment, departure: moment)
        bareLinkFreeAt = .min
    }

    /// A packet leaves, at once or after it joined.
    mutating func sent(_ length: UInt32, arrival: Int64, departure: Int64) {
        sums.sent.count(length)
        sums.lastDeparture = departure
        let delay = departure &- arrival
        if delay == 0 { sums.sentAtOnce.count(length) }
        sums.delays.add(nanoseconds: delay)
        let bareStart = max(arrival, bareLinkFreeAt)
        if departure < bareStart {
            // The bucket paid for it, so it does not keep the bare link from others; otherwise a link that was ahead once
            // would stay ahead for ever, and everything would count as burst.
            sums.sentAsBurst.count(length)
        } else {
            bareLinkFreeAt = bareStart &+ cost.nanoseconds(for: length)
        }
        peak.add(length, at: departure)
        timelineRecorder.sent(length, at: departure, delay: delay)
    }

    mutating func droppedAtLimit(_ length: UInt32, at moment: Int64) {
        sums.droppedAtLimit.count(length)
        timelineRecorder.droppedAtLimit(length, at: moment)
    }

    mutating func droppedAsOversize(_ length: UInt32, at moment: Int64) {
        sums.droppedAsOversize.count(length)
        timelineRecorder.droppedAsOversize(length, at: moment)
    }

    /// A packet that joined is dropped with the link.
    mutating func discarded(_ length: UInt32, at moment: Int64) {
        sums.discarded.count(length)
        timelineRecorder.discarded(length, at: moment)
    }

    /// A packet that joined can never leave.
    mutating func stuck(_ length: UInt32) {
        sums.stuck.count(length)
    }

    /// What was counted so far.
    var summary: LinkSummary {
        var summary = sums
        let window = UInt64(clamping: sums.peakWindow.wholeNanoseconds)
        if let first = sums.firstArrival, let last = sums.lastDeparture, UInt64(clamping: last &- first) >= window {
            summary.peakRate = MeasuredRate(bytes: peak.largest, nanoseconds: window)
        }
        return summary
    }

    /// What happened when, so far.
    var timeline: LinkTimeline { timelineRecorder.timeline }
}
