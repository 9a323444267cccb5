import TrafficShaping

/// A timeline in pieces that are as wide as a picture needs them.
struct PlotBins {
    /// A piece of the time, in nanoseconds from the beginning.
    struct Bin {
        let start: Double
        var end: Double
        var arrived: UInt64
        var sent: UInt64
        var dropped: UInt64
        var backlog: UInt64

        /// Bits per second.
        func rate(of bytes: UInt64) -> Double { Double(bytes) * 8e9 / (end - start) }
        var offeredRate: Double { rate(of: arrived) }
        var sentRate: Double { rate(of: sent) }
    }

    /// The most pieces that a picture shows.
    private static let most = 180
    /// The fewest pieces for the sake of which a piece may hold fewer packets than it should.
    private static let fewest = 40
    /// The packets at full rate that a piece should hold, so that whole packets do not look like changes of the rate.
    private static let packets: Int64 = 16

    private(set) var bins: [Bin] = []

    /// The end of the last piece.
    var end: Double { bins.last?.end ?? 0 }

    /// Merges the bins of a timeline.
    ///
    /// - Parameters:
    ///   - timeline: The timeline.
    ///   - duration: The time from the first arrival to the last departure, in nanoseconds.
    ///   - packetTime: What a full packet takes at the sustained rate, in nanoseconds.
    init(_ timeline: LinkTimeline, duration: Int64, packetTime: Int64) {
        guard let first = timeline.bins.first else { return }
        let count = timeline.bins.count
        let wanted = Int(clamping: (Self.packets * packetTime) / timeline.width)
        // Less than the time of a packet has no rate to speak of.
        let isShort = duration < packetTime
        let factor = isShort ? count : max(1, (count + Self.most - 1) / Self.most, min(wanted, count / Self.fewest))
        for index in stride(from: 0, to: count, by: factor) {
            let members = timeline.bins[index..<min(index + factor, count)]
            let start = Double(timeline.bins[index].start - first.start)
            let end = start + Double(timeline.width) * Double(factor)
            bins.append(
                Bin(
                    start: start, end: end, arrived: members.reduce(0) { $0 + $1.arrived.bytes },
                    sent: members.reduce(0) { $0 + $1.sent.bytes },
                    dropped: members.reduce(0) { $0 + $1.dropped.packets },
                    backlog: members.reduce(0) { max($0, $1.largestBacklog) }))
        }
        cutEnd(at: Double(isShort ? packetTime : duration))
    }

    /// Nothing happens behind the last departure, and a piece that ends before its time must not look slow.
    private mutating func cutEnd(at end: Double) {
        guard var last = bins.popLast() else { return }
        let width = last.end - last.start
        // A piece that is cut to less than half would look like a peak, and goes to the one before it.
        if end - last.start < width / 2, let previous = bins.popLast() {
            last = Bin(
                start: previous.start, end: last.end, arrived: previous.arrived + last.arrived,
                sent: previous.sent + last.sent, dropped: previous.dropped + last.dropped,
                backlog: max(previous.backlog, last.backlog))
        }
        last.end = max(end, last.start + width / 2)
        bins.append(last)
    }
}
