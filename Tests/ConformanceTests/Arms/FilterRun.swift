import TrafficShaping

/// A token bucket filter in virtual time, with what the kernel around it does: it is asked after each packet that comes, and
/// when its timer fires.
struct FilterRun {
    private(set) var filter: TokenBucketFilter
    /// Nanoseconds by which the timer is late.
    let lateness: Int64

    private var arrivals: [(moment: Int64, length: UInt32)] = []
    private var departures: [(number: Int, moment: Int64)] = []

    init(_ configuration: ShaperConfiguration, lateness: Int64 = 0, at moment: Int64 = 0) {
        filter = TokenBucketFilter(configuration, at: moment)
        self.lateness = lateness
    }

    mutating func send(_ length: UInt32, at moment: Int64) {
        advance(to: moment)
        _ = filter.enqueue(TokenBucketFilter.Entry(length: length, tag: arrivals.count))
        arrivals.append((moment, length))
        empty(at: moment)
    }

    /// Changes the settings; nobody asks the filter for packets then.
    mutating func change(to configuration: ShaperConfiguration, at moment: Int64) {
        advance(to: moment)
        filter.change(to: configuration, at: moment)
    }

    /// Removes the filter with what waits in it.
    mutating func remove(at moment: Int64) {
        advance(to: moment)
        _ = filter.discardAll()
    }

    /// Lets time pass until nothing waits that can leave.
    mutating func finish() { advance(to: .max) }

    private mutating func advance(to moment: Int64) {
        while let due = filter.wakeUpAt, due + lateness <= moment { empty(at: due + lateness) }
    }

    private mutating func empty(at moment: Int64) {
        while let entry = filter.dequeue(at: moment) { departures.append((entry.tag, moment)) }
    }

    var observation: LinkObservation {
        let moments = Dictionary(uniqueKeysWithValues: departures.map { ($0.number, $0.moment) })
        let counters = filter.counters
        return LinkObservation(
            packets: arrivals.enumerated().map { number, packet in
                LinkObservation.Packet(arrival: packet.moment, length: packet.length, departure: moments[number])
            },
            order: departures.map(\.number),
            counters: LinkObservation.Counters(
                sentBytes: counters.sentBytes, sentPackets: counters.sentPackets, dropped: counters.dropped,
                backlog: filter.backlog))
    }
}
