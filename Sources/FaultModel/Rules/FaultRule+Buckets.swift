// Rules about the token buckets of a rate limit. The figures are the kernel's and those of tc; see ShapeDisruption.

extension FaultRule {
    /// A packet of 1500 bytes with its Ethernet header, as a queueing discipline counts it.
    private static var fullPacket: Int { 1514 }

    /// A packet that is larger than the bucket never leaves.
    static func bucketHoldsPacket(_ bucket: PropertyPath<Subject, ByteSize>) -> FaultRule {
        FaultRule(about: bucket) { subject in tooSmall(subject[keyPath: bucket], "the bucket") }
    }

    /// A packet that is larger than the queue is never taken in.
    static func queueHoldsPacket(_ limit: PropertyPath<Subject, ByteSize>) -> FaultRule {
        FaultRule(about: limit) { subject in tooSmall(subject[keyPath: limit], "the queue") }
    }

    /// A packet that is larger than the peak's bucket never leaves.
    static func peakBucketHoldsPacket(
        _ bucket: PropertyPath<Subject, ByteSize?>, peak: PropertyPath<Subject, DataRate?>
    ) -> FaultRule {
        FaultRule(about: bucket, with: peak) { subject in
            guard subject[keyPath: peak] != nil, let bucket = subject[keyPath: bucket] else { return nil }
            return tooSmall(bucket, "the bucket of PEAK_RATE")
        }
    }

    private static func tooSmall(_ size: ByteSize, _ what: String) -> Finding? {
        guard size.bytes < fullPacket else { return nil }
        return .error(
            "\(what) holds no full packet, 1500 bytes and a link header of 14, and what it cannot hold never leaves",
            hint: "use \(fullPacket) or more")
    }

    /// The kernel refuses a peak that is not above the rate.
    static func peakAboveRate(
        peak: PropertyPath<Subject, DataRate?>, rate: PropertyPath<Subject, DataRate>
    ) -> FaultRule {
        FaultRule(about: peak, with: rate) { subject in
            guard let peak = subject[keyPath: peak], peak <= subject[keyPath: rate] else { return nil }
            return .error(
                "the peak has to be above NETWORK_BANDWIDTH=\(subject[keyPath: rate])",
                hint: "raise it, or leave it empty to let bursts leave at line rate")
        }
    }

    /// The two tunables of the peak come together.
    static func peakHasBucket(
        peak: PropertyPath<Subject, DataRate?>, bucket: PropertyPath<Subject, ByteSize?>
    ) -> FaultRule {
        FaultRule(about: peak, with: bucket) { subject in
            guard subject[keyPath: peak] != nil, subject[keyPath: bucket] == nil else { return nil }
            return .error(
                "needs MIN_BURST, the size of its bucket", hint: "set MIN_BURST=1540, or more for a larger MTU")
        }
    }

    /// A bucket without its rate shapes nothing.
    static func bucketHasPeak(
        bucket: PropertyPath<Subject, ByteSize?>, peak: PropertyPath<Subject, DataRate?>
    ) -> FaultRule {
        FaultRule(about: bucket, with: peak) { subject in
            guard subject[keyPath: bucket] != nil, subject[keyPath: peak] == nil else { return nil }
            return .warning(
                "has no effect without PEAK_RATE: the kernel knows it as the bucket of the peak",
                hint: "set PEAK_RATE too, or leave it empty")
        }
    }

    /// tc hands the time of a full bucket to the kernel in 32 bits, 64 ns each.
    static func bucketFillsInTime(
        _ bucket: PropertyPath<Subject, ByteSize>, rate: PropertyPath<Subject, DataRate>
    ) -> FaultRule {
        FaultRule(about: bucket, with: rate) { subject in
            let time = subject[keyPath: rate].time(for: Int(subject[keyPath: bucket].bytes))
            guard time > .nanoseconds(64 * Int64(UInt32.max)) else { return nil }
            return .error(
                "takes \(time.readableText) to fill at NETWORK_BANDWIDTH=\(subject[keyPath: rate]), and tc allows 274 s",
                hint: "use a smaller bucket or a higher rate")
        }
    }

    /// A queue that is smaller than a burst drops what the bucket was meant to absorb.
    static func queueHoldsBurst(
        limit: PropertyPath<Subject, ByteSize>, burst: PropertyPath<Subject, ByteSize>
    ) -> FaultRule {
        FaultRule(about: limit, with: burst) { subject in
            guard subject[keyPath: limit] < subject[keyPath: burst] else { return nil }
            return .warning(
                "is smaller than BURST=\(subject[keyPath: burst]), so a burst that the bucket would take may be dropped",
                hint: "use at least BURST")
        }
    }

    /// A deep queue is latency first, and loss much later.
    static func queueDrainsSoon(
        limit: PropertyPath<Subject, ByteSize>, burst: PropertyPath<Subject, ByteSize>,
        rate: PropertyPath<Subject, DataRate>
    ) -> FaultRule {
        FaultRule(about: limit, with: burst, rate) { subject in
            let disruption = ShapeDisruption(
                rate: subject[keyPath: rate], burst: subject[keyPath: burst], limit: subject[keyPath: limit])
            let delay = disruption.worstQueueingDelay
            guard delay > .seconds(5) else { return nil }
            return .warning(
                "a bulk sender waits up to \(delay.readableText) in the queue before the first packet is dropped",
                hint: "use a smaller LIMIT for a link that drops, or keep it for one that delays")
        }
    }

    /// A cap that nothing reaches.
    static func rateIsFelt(_ rate: PropertyPath<Subject, DataRate>) -> FaultRule {
        FaultRule(about: rate) { subject in
            guard subject[keyPath: rate].bitsPerSecond >= 1_000_000_000 else { return nil }
            return .note("few applications notice a cap of 1gbit or more", hint: "stay below what the workload uses")
        }
    }

    /// A destination given twice is matched once.
    static func destinationsAreUnique<Place>(_ destinations: PropertyPath<Subject, [Destination<Place>]>) -> FaultRule {
        FaultRule(about: destinations) { subject in
            guard let twice = subject[keyPath: destinations].firstRepeated else { return nil }
            return .warning("names \(twice) more than once", hint: "name each destination once")
        }
    }
}

extension Sequence where Element: Hashable {
    /// The first element that was there before.
    var firstRepeated: Element? {
        var seen: Set<Element> = []
        return first { !seen.insert($0).inserted }
    }
}
