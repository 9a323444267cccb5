import FaultModel
import Testing
import TrafficShaping

/// A shaped link and what is sent over it: the same for every arm.
struct LinkCase: Sendable, CustomTestStringConvertible {
    let name: String
    let rate: DataRate
    let burst: ByteSize
    let limit: ByteSize
    var peak: PeakLimit? = nil
    var framing = PacketFraming.plain
    let packets: [ScheduledPacket]
    /// How many packets a real link may drop more or less than the model does with any lateness of its timers.
    ///
    /// None where nothing is dropped but what is too large; one where equal packets keep the queue full to the end;
    /// otherwise a packet that leaves late may be in the way of another.
    var dropTolerance = 0

    var testDescription: String { name }

    func configuration() throws -> ShaperConfiguration {
        try ShaperConfiguration(rate: rate, burst: burst, limit: limit, peak: peak, framing: framing)
    }

    /// The settings in the words of `tc`, in whole bits and bytes so that nothing is rounded.
    var words: [String] {
        var words = ["rate", "\(rate.bitsPerSecond)bit", "burst", "\(burst.bytes)b", "limit", "\(limit.bytes)b"]
        if let peak { words += ["peakrate", "\(peak.rate.bitsPerSecond)bit", "mtu", "\(peak.bucket.bytes)b"] }
        if framing.overhead > 0 { words += ["overhead", "\(framing.overhead)"] }
        if framing.smallestPacket > 0 { words += ["mpu", "\(framing.smallestPacket)"] }
        if framing.linkLayer == .atm { words += ["linklayer", "atm"] }
        return words
    }
}

/// A packet that is to be sent.
struct ScheduledPacket: Sendable {
    /// When, in nanoseconds from the beginning.
    let moment: Int64
    /// Its length in bytes with IP header and link header, as a queueing discipline counts it.
    let length: UInt32
}

extension [ScheduledPacket] {
    /// Packets of one length at equal distances.
    static func even(_ count: Int, of length: UInt32 = 1514, every nanoseconds: Int64) -> Self {
        (0..<count).map { ScheduledPacket(moment: Int64($0) * nanoseconds, length: length) }
    }

    /// Packets of random lengths at random distances, both evenly distributed, the same for the same seed.
    static func random(
        _ count: Int, of lengths: ClosedRange<UInt32>, every nanoseconds: Int64, seed: UInt64 = 1
    ) -> Self {
        var generator = SplitMix64(seed: seed)
        var moment: Int64 = 0
        return (0..<count).map { _ in
            moment += Int64.random(in: 0...nanoseconds * 2, using: &generator)
            return ScheduledPacket(moment: moment, length: UInt32.random(in: lengths, using: &generator))
        }
    }
}
