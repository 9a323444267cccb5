import FaultModel
import Testing
import TrafficShaping

/// What holds for every link with a token bucket: the one body behind every arm.
struct LinkChecks {
    let link: LinkCase
    let configuration: ShaperConfiguration
    let seen: LinkObservation
    let stamps: StampAccuracy

    init(_ link: LinkCase, _ seen: LinkObservation, _ stamps: StampAccuracy) throws {
        self.link = link
        configuration = try link.configuration()
        self.seen = seen
        self.stamps = stamps
    }

    /// Checks everything that can be seen at the link.
    func checkAll() {
        nothingIsLostOrReordered()
        nothingLeavesEarly()
        noWindowHoldsTooMuch()
        nothingWaitsLongerThanTheQueue()
        drops()
        nothingLeavesLate()
    }

    /// Conservation: what came left or was dropped, in order, and the link has counted the same.
    func nothingIsLostOrReordered() {
        #expect(seen.packets.count == link.packets.count)
        #expect(zip(seen.order, seen.order.dropFirst()).allSatisfy { $0 < $1 }, "packets overtook each other")
        let sent = seen.sent
        #expect(seen.order.count == sent.count)
        guard let counters = seen.counters else { return }
        let expected = LinkObservation.Counters(
            sentBytes: sent.reduce(0) { $0 + UInt64($1.length) }, sentPackets: UInt64(sent.count),
            dropped: UInt64(seen.droppedCount), backlog: 0)
        #expect(counters == expected)
    }

    /// No packet leaves before an ideal link would have let it go, had the same packets come at the same moments.
    func nothingLeavesEarly() {
        var ideal = TokenBucket(configuration, fullAt: seen.packets.first?.arrival ?? 0)
        var earliest = Int64.max
        for packet in seen.sent {
            earliest = min(earliest, packet.departure - ideal.departure(of: packet.length, arriving: packet.arrival))
        }
        #expect(earliest >= -stamps.early, "a packet left \(-earliest) ns before it may have")
    }

    /// The arrival curve: between any two departures, no more leaves than the bucket holds and earns.
    ///
    /// A stamp that comes late makes the window behind it look shorter than it was. One in ten may, where stamps are not
    /// exact; a bucket that was too large, or filled too fast, would be in nearly all of them.
    func noWindowHoldsTooMuch() {
        var buckets = [(cost: configuration.cost, capacity: configuration.capacity)]
        if configuration.peak != nil { buckets.append((configuration.peakCost, configuration.peakCapacity)) }
        for bucket in buckets {
            var spent: Int64 = 0
            var least = Int64.max
            var excesses: [Int64] = []
            for packet in seen.sent {
                least = min(least, spent - packet.departure)
                spent += bucket.cost.nanoseconds(for: packet.length)
                excesses.append(spent - packet.departure - least - bucket.capacity)
            }
            excesses.sort()
            guard let worst = excesses.last else { continue }
            let excess = stamps.early == 0 ? worst : excesses[excesses.count * 9 / 10]
            #expect(excess <= stamps.early, "\(excess) ns more than the bucket earned")
        }
    }

    /// What is accepted waits no longer than a full queue takes, but for late timers.
    func nothingWaitsLongerThanTheQueue() {
        let most = max(
            fullQueue(at: configuration.cost), configuration.peak == nil ? 0 : fullQueue(at: configuration.peakCost))
        let longest = seen.sent.map { $0.departure - $0.arrival }.max() ?? 0
        #expect(longest <= most + stamps.late * 100, "a packet waited for \(longest) ns, a full queue takes \(most)")
    }

    /// The cost of the most expensive queue that the limit allows: the packets of the case, as many as fit.
    private func fullQueue(at cost: PacketCost) -> Int64 {
        let prices = link.packets.map { Double(cost.nanoseconds(for: $0.length)) / Double($0.length) }
        return Int64((prices.max() ?? 0) * Double(configuration.limit.bytes)) + Int64(link.packets.count)
    }

    /// Each packet is dropped exactly if it is larger than a bucket, or the queue has no room for it.
    ///
    /// What waited when it came follows from the stamps; where one falls together with another within their accuracy, both
    /// answers are right. One stamp in a hundred may be later than that, where they are not exact.
    func drops() {
        var wrong: [Int] = []
        var waiting: [(departure: Int64, length: UInt32)] = []
        let limit = UInt64(configuration.limit.bytes)
        for (number, packet) in seen.packets.enumerated() {
            waiting.removeAll { $0.departure + stamps.early * 2 < packet.arrival }
            let most = waiting.reduce(UInt64(packet.length)) { $0 + UInt64($1.length) }
            let least = waiting.reduce(UInt64(packet.length)) {
                $1.departure - stamps.early * 2 <= packet.arrival ? $0 : $0 + UInt64($1.length)
            }
            let isOversize = packet.length > configuration.largestPacket
            if let departure = packet.departure {
                if isOversize || least > limit { wrong.append(number) }
                waiting.append((departure, packet.length))
            } else if !isOversize, most <= limit {
                wrong.append(number)
            }
        }
        #expect(
            wrong.count <= (stamps.early == 0 ? 0 : seen.packets.count / 100),
            "decided otherwise: packets \(wrong.prefix(10)), \(wrong.count) in all")

        let counts = modelDropCounts
        let (least, most) = (min(counts.ideal, counts.late), max(counts.ideal, counts.late))
        let tolerance = stamps.late == 0 ? 0 : link.dropTolerance
        #expect(
            (least - tolerance...most + tolerance).contains(seen.droppedCount),
            "the model drops \(least) to \(most), this link dropped \(seen.droppedCount)")
    }

    /// What the simulator drops of packets that come at these moments: with timers that are never late, and with timers that
    /// are always as late as those of this link ever were.
    var modelDropCounts: (ideal: Int, late: Int) {
        var latest: Int64 = 0
        let arrivals = seen.packets.map { packet in
            latest = max(latest, packet.arrival)
            return (arrival: latest, length: packet.length)
        }
        let worst = max(.zero, lateness().maximum ?? .zero)
        let counts = [.zero, worst].map { latency in
            SimulatedArm(latency: latency).run(arrivals, over: configuration).droppedCount
        }
        return (counts[0], counts[1])
    }

    /// How late each packet left.
    ///
    /// At the link that is counted from the moment at which the tokens sufficed that were left after what really had been
    /// sent before; elsewhere, from the moment at which an ideal link would have sent it.
    func lateness() -> DurationDistribution {
        var lateness = DurationDistribution()
        var bucket = TokenBucket(configuration, fullAt: seen.packets.first?.arrival ?? 0)
        var previous = Int64.min
        for packet in seen.sent {
            guard stamps.isAtTheLink else {
                let ideal = bucket.departure(of: packet.length, arriving: packet.arrival)
                lateness.add(nanoseconds: packet.departure - ideal)
                continue
            }
            let ready = max(packet.arrival, previous)
            let due = ready + max(0, bucket.wait(for: packet.length, at: ready))
            lateness.add(nanoseconds: packet.departure - due)
            bucket.charge(packet.length, at: packet.departure)
            previous = packet.departure
        }
        return lateness
    }

    /// Half of the packets leave when they should, but for the timers of the link.
    func nothingLeavesLate() {
        let median = lateness().median ?? .zero
        #expect(median <= .nanoseconds(stamps.late), "half of the packets left \(median) late, or more")
    }
}

extension DurationDistribution {
    /// Median, 99th percentile and maximum, for people.
    var figures: String {
        [("median", median), ("p99", quantile(99)), ("most", maximum)]
            .map { name, length in "\(name) \(Int((length ?? .zero) / .microseconds(1))) µs" }
            .joined(separator: ", ")
    }
}
