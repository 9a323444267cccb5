/// The token bucket of Linux (`tc … tbf`), with its second bucket for the peak.
///
/// The kernel counts tokens in nanoseconds: a bucket earns one in each, holds ``ShaperConfiguration/capacity`` at most, and
/// a packet takes its ``PacketCost``. Instead of the tokens, this type keeps the moment at which the bucket was empty: at any
/// later moment the tokens are the difference, capped. Nothing has to be refilled, and the whole of a shaper becomes
///
///     departure = max(arrival, empty + cost)
///     empty     = max(empty, arrival − capacity) + cost
///
/// in whole nanoseconds, for each of the two buckets, and is equal to the kernel's arithmetic in every bit.
///
/// Moments are nanoseconds on any clock, from 0 to 2^62. No number traps; with moments that go backwards the answers are
/// those of a clock that does.
public struct TokenBucket: Sendable {
    @usableFromInline let cost: PacketCost
    @usableFromInline let peakCost: PacketCost
    @usableFromInline let capacity: Int64
    @usableFromInline let peakCapacity: Int64
    @usableFromInline let hasPeak: Bool

    /// The moment at which the bucket was empty, or will be; `v` in the arithmetic above.
    @usableFromInline var emptyAt: Int64
    /// The same of the second bucket.
    @usableFromInline var peakEmptyAt: Int64

    /// Creates full buckets.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - moment: The moment at which the buckets are full.
    public init(_ configuration: ShaperConfiguration, fullAt moment: Int64 = 0) {
        cost = configuration.cost
        peakCost = configuration.peakCost
        capacity = configuration.capacity
        peakCapacity = configuration.peakCapacity
        hasPeak = configuration.peak != nil
        emptyAt = moment &- configuration.capacity
        peakEmptyAt = moment &- configuration.peakCapacity
    }

    /// The moment at which a packet leaves that finds everything before it gone or scheduled, and takes its tokens.
    ///
    /// This is the form for simulations without a bound on the queue, and the fastest: a nanosecond per packet.
    ///
    /// - Parameters:
    ///   - length: The length of the packet, in bytes, at most ``ShaperConfiguration/largestPacket``.
    ///   - arrival: The moment at which it arrives, not before that of the packet before it.
    /// - Returns: The moment at which it leaves.
    @inlinable
    @inline(__always)
    public mutating func departure(of length: UInt32, arriving arrival: Int64) -> Int64 {
        // Both buckets count bytes in the same way.
        let bytes = cost.chargedBytes(of: length)
        let cost = cost.nanoseconds(forCharged: bytes)
        // Written so that the optimizer makes no branches of it: whether a bucket is full is as good as a coin, and guessing
        // wrong would more than double the time. Both sides of a `max` become known at about the same moment; where they do
        // not, at the end, it is spelled out.
        var paid = emptyAt &+ cost
        emptyAt = max(paid, arrival &- capacity &+ cost)
        if hasPeak {
            let peakCost = peakCost.nanoseconds(forCharged: bytes)
            let peakPaid = peakEmptyAt &+ peakCost
            peakEmptyAt = max(peakPaid, arrival &- peakCapacity &+ peakCost)
            paid = max(paid, peakPaid)
        }
        return arrival &- min(arrival &- paid, 0)
    }

    /// How long a packet has to wait for its tokens.
    ///
    /// - Parameters:
    ///   - length: The length of the packet, in bytes.
    ///   - moment: The present moment.
    /// - Returns: Nanoseconds; 0 or less when it may leave now. For a packet that the bucket can never pay for it is what is
    ///   missing when the bucket is full, as the kernel would wait.
    public func wait(for length: UInt32, at moment: Int64) -> Int64 {
        let wait = cost.nanoseconds(for: length) &- tokens(at: moment)
        guard hasPeak else { return wait }
        return max(wait, peakCost.nanoseconds(for: length) &- peakTokens(at: moment))
    }

    /// Takes the tokens of a packet that leaves.
    ///
    /// - Parameters:
    ///   - length: The length of the packet, in bytes.
    ///   - moment: The moment at which it leaves. A late packet takes them late, and loses no rate by that as long as the
    ///     bucket did not overflow meanwhile.
    public mutating func charge(_ length: UInt32, at moment: Int64) {
        emptyAt = max(emptyAt, moment &- capacity) &+ cost.nanoseconds(for: length)
        guard hasPeak else { return }
        peakEmptyAt = max(peakEmptyAt, moment &- peakCapacity) &+ peakCost.nanoseconds(for: length)
    }

    /// What the bucket holds.
    ///
    /// - Parameter moment: The present moment.
    /// - Returns: Nanoseconds, at most ``ShaperConfiguration/capacity``; negative when it owes.
    public func tokens(at moment: Int64) -> Int64 { min(moment &- emptyAt, capacity) }

    /// What the second bucket holds.
    ///
    /// - Parameter moment: The present moment.
    /// - Returns: Nanoseconds, at most ``ShaperConfiguration/peakCapacity``; 0 without a peak when nothing was taken.
    public func peakTokens(at moment: Int64) -> Int64 { min(moment &- peakEmptyAt, peakCapacity) }

    /// The largest packet that may leave now, for a plain framing.
    ///
    /// - Parameter moment: The present moment.
    /// - Returns: Its length in bytes, which may be more than ``ShaperConfiguration/largestPacket``; 0 when none may.
    public func largestPacket(at moment: Int64) -> UInt32 {
        let bytes = cost.bytes(for: tokens(at: moment))
        return hasPeak ? min(bytes, peakCost.bytes(for: peakTokens(at: moment))) : bytes
    }
}
