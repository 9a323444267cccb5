import FaultModel

/// What sources share about time.
enum SourceClock {
    /// A moment later by some nanoseconds, at most the last one that a packet may have.
    static func sum(_ moment: Int64, _ nanoseconds: Int64) -> Int64 {
        let (sum, overflow) = moment.addingReportingOverflow(nanoseconds)
        return overflow ? Packet.latestArrival : min(sum, Packet.latestArrival)
    }

    /// The moment at which a source ends, which no packet reaches.
    static func end(start: Int64, duration: Duration) -> Int64 { sum(start, duration.wholeNanoseconds) }

    /// A packet, unless its moment is not before the end.
    static func packet(at moment: Int64, length: UInt32, before end: Int64) -> Packet? {
        moment >= 0 && moment < end ? Packet(arrival: moment, length: length) : nil
    }

    /// How many packets of a length a rate makes in a time, roughly.
    static func packets(at rate: DataRate, length: UInt32, in duration: Duration) -> Double {
        Double(duration.wholeNanoseconds) / 1e9 * Double(rate.bytesPerSecond) / Double(length)
    }
}
