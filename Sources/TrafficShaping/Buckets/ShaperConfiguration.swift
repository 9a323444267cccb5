public import FaultModel

/// The settings of a token bucket filter, with what the kernel makes of them.
public struct ShaperConfiguration: Hashable, Sendable {
    /// What a packet costs at the sustained rate.
    public let cost: PacketCost
    /// The size of the bucket.
    public let burst: ByteSize
    /// What may wait for tokens.
    public let limit: ByteSize
    /// The second bucket.
    public let peak: PeakLimit?

    /// What a packet costs at the peak rate; the sustained one where there is no peak.
    public let peakCost: PacketCost
    /// What the bucket holds, in nanoseconds; `buffer` of the kernel.
    public let capacity: Int64
    /// What the second bucket holds, in nanoseconds, or 0; `mtu` of the kernel.
    public let peakCapacity: Int64
    /// The largest packet that ever leaves, in bytes; `max_size` of the kernel.
    public let largestPacket: UInt32

    /// A quarter of what a clock of 64 bits can count (73 years), so that sums of moments and waits cannot overflow.
    static let longestWait: Int64 = 1 << 61

    /// Makes of settings what the kernel makes of them.
    ///
    /// - Parameters:
    ///   - rate: The rate at which the bucket fills.
    ///   - burst: The size of the bucket.
    ///   - limit: What may wait for tokens.
    ///   - peak: How fast the bucket may drain; absent for line rate.
    ///   - framing: How the bytes of a packet are counted.
    /// - Throws: ``ShaperError`` for settings that the kernel refuses, or that nobody lives to see the end of.
    public init(
        rate: DataRate, burst: ByteSize, limit: ByteSize, peak: PeakLimit? = nil, framing: PacketFraming = .plain
    ) throws(ShaperError) {
        if let peak, peak.rate <= rate { throw .peakNotAboveRate(peak: peak.rate, rate: rate) }
        // With a sum that wraps around, a full bucket would hold less than its packets cost.
        for bucket in [burst, peak?.bucket ?? burst] where !framing.fits(bucket.bytes) {
            throw .framingTooLarge(bucket: bucket)
        }
        self.burst = burst
        self.limit = limit
        self.peak = peak
        cost = PacketCost(rate, framing: framing)
        peakCost = PacketCost(peak?.rate ?? rate, framing: framing)
        capacity = cost.nanoseconds(for: burst.bytes)
        peakCapacity = peak.map { [peakCost] in peakCost.nanoseconds(for: $0.bucket.bytes) } ?? 0
        largestPacket = min(burst.bytes, peak?.bucket.bytes ?? .max)
        // Framing can make a packet of one byte cost a thousand; a queue of such packets is the longest wait there is.
        let (wait, overflow) = Int64(limit.bytes).multipliedReportingOverflow(by: max(1, cost.nanoseconds(for: 1)))
        guard !overflow, wait <= Self.longestWait, capacity <= Self.longestWait else { throw .neverDrains(rate: rate) }
    }

    /// Makes of a rate limit what the kernel makes of it.
    ///
    /// - Parameters:
    ///   - shape: The rate limit; its destinations are not looked at.
    ///   - framing: How the bytes of a packet are counted.
    /// - Throws: ``ShaperError``, as ``init(rate:burst:limit:peak:framing:)``.
    public init(_ shape: ShapeDisruption, framing: PacketFraming = .plain) throws(ShaperError) {
        try self.init(rate: shape.rate, burst: shape.burst, limit: shape.limit, peak: shape.peak, framing: framing)
    }
}

/// Settings that make no shaper.
public enum ShaperError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The peak is not above the rate; the kernel answers `EINVAL`.
    case peakNotAboveRate(peak: DataRate, rate: DataRate)
    /// A bucket with its framing has more bytes than the 32 bits that the kernel counts them in.
    case framingTooLarge(bucket: ByteSize)
    /// A full bucket or queue would take longer than 73 years.
    case neverDrains(rate: DataRate)

    /// What is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .peakNotAboveRate(let peak, let rate):
            "a peak of \(peak) is not above the rate of \(rate); raise it, or leave it out"
        case .framingTooLarge(let bucket):
            "a bucket of \(bucket) and its framing do not fit into 32 bits; use a smaller one, or less overhead"
        case .neverDrains(let rate):
            "at \(rate) the bucket or the queue takes longer than 73 years; use smaller ones, or a higher rate"
        }
    }
}
