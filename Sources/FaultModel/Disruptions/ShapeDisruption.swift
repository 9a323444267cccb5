/// A rate limit in the words of the wire: the token bucket of Linux (`tc … tbf`), applied to what leaves the target.
///
/// The figures mean what the kernel makes of them. The bucket starts full, so as much as `burst` passes at line rate; after
/// that `rate` decides. What has to wait queues up to `limit` bytes, and the rest is dropped.
public struct ShapeDisruption: Hashable, Sendable {
    /// The rate at which the bucket fills.
    public let rate: DataRate
    /// The size of the bucket: what passes at once after an idle time.
    ///
    /// A larger packet never leaves.
    public let burst: ByteSize
    /// What may wait for tokens; packets beyond it are dropped.
    public let limit: ByteSize
    /// How fast the bucket may drain; absent when a burst leaves at line rate.
    public let peak: PeakLimit?
    /// The traffic that is shaped.
    public let destinations: DestinationFilter

    /// Describes a rate limit.
    ///
    /// - Parameters:
    ///   - rate: The rate at which the bucket fills.
    ///   - burst: The size of the bucket.
    ///   - limit: What may wait for tokens.
    ///   - peak: How fast the bucket may drain; absent for line rate.
    ///   - destinations: The traffic that is shaped.
    public init(
        rate: DataRate, burst: ByteSize, limit: ByteSize, peak: PeakLimit? = nil,
        destinations: DestinationFilter = .everything
    ) {
        self.rate = rate
        self.burst = burst
        self.limit = limit
        self.peak = peak
        self.destinations = destinations
    }
}

/// A second bucket, which limits how fast a burst may drain.
///
/// Rate and bucket come together, because the kernel knows neither without the other.
public struct PeakLimit: Hashable, Sendable {
    /// The rate at which the bucket fills, above the sustained rate; `peakrate` of tc.
    public let rate: DataRate
    /// The size of the bucket, at least a packet with its link header; `mtu` or `minburst` of tc.
    public let bucket: ByteSize

    /// Describes a peak limit.
    ///
    /// - Parameters:
    ///   - rate: The rate at which the bucket fills, above the sustained rate.
    ///   - bucket: The size of the bucket.
    public init(rate: DataRate, bucket: ByteSize) {
        self.rate = rate
        self.bucket = bucket
    }
}

/// Which traffic a shaper is for.
public enum DestinationFilter: Hashable, Sendable {
    /// All of it.
    case everything
    /// What goes to one of these; with no addresses and no names, nothing does.
    case only(addresses: [Destination<IPNetwork>], hosts: [Destination<HostName>])
}
