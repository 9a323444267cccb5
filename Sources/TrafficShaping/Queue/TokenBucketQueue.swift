import FaultModel

/// A token bucket with its queue, for streams of packets whose settings do not change: the fast form.
///
/// As long as the settings stay, the moment at which a packet leaves is known when it arrives; the queue has to remember
/// only how much leaves when. It is a ring of as many places as packets ever waited at once, so a stream of any length takes
/// the same memory and no allocation per packet.
///
/// ```swift
/// var queue = TokenBucketQueue(try ShaperConfiguration(rate: .megabits(1), burst: .kibibytes(32), limit: .mebibytes(2)))
/// queue.offer(1514, at: 0)  // .sent(at: 0)
/// ```
///
/// It is the kernel without the latency of its timers: a packet that is due at the moment at which another arrives has left
/// before. Use ``TokenBucketFilter`` where settings change, or where waking up takes time.
public struct TokenBucketQueue: ~Copyable {
    @usableFromInline var bucket: TokenBucket
    @usableFromInline let largestPacket: UInt32
    @usableFromInline let limit: UInt64
    /// The bytes that waited when the last packet arrived, that packet included.
    @usableFromInline var waiting: UInt64 = 0

    @usableFromInline var ring: UnsafeMutablePointer<Place>
    @usableFromInline var mask: Int
    /// Places taken and places freed since the beginning; their difference is the number of packets that wait.
    @usableFromInline var tail = 0
    @usableFromInline var head = 0

    /// A packet that waits.
    @usableFromInline
    struct Place {
        @usableFromInline var departure: Int64
        @usableFromInline var length: UInt32

        @inlinable
        init(departure: Int64, length: UInt32) {
            self.departure = departure
            self.length = length
        }
    }

    /// Creates an empty queue and full buckets.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - moment: The moment at which the buckets are full, in nanoseconds.
    public init(_ configuration: ShaperConfiguration, at moment: Int64 = 0) {
        bucket = TokenBucket(configuration, fullAt: moment)
        largestPacket = configuration.largestPacket
        limit = UInt64(configuration.limit.bytes)
        mask = 63
        ring = .allocate(capacity: 64)
    }

    deinit { ring.deallocate() }

    /// Takes a packet in, and says what becomes of it.
    ///
    /// - Parameters:
    ///   - length: Its length in bytes, as the queueing discipline counts it: the IP packet and 14 bytes of link header.
    ///   - arrival: The moment at which it arrives, in nanoseconds from 0 to 2^62, not before that of the packet before it.
    /// - Returns: What becomes of it.
    @inlinable
    public mutating func offer(_ length: UInt32, at arrival: Int64) -> PacketOutcome {
        if length > largestPacket { return .oversize }
        while head != tail, ring[head & mask].departure <= arrival {
            waiting &-= UInt64(ring[head & mask].length)
            head &+= 1
        }
        if waiting &+ UInt64(length) > limit { return .limit }
        let departure = bucket.departure(of: length, arriving: arrival)
        if departure > arrival {
            if tail &- head > mask { grow() }
            ring[tail & mask] = Place(departure: departure, length: length)
            tail &+= 1
            waiting &+= UInt64(length)
        }
        return .sent(at: departure)
    }

    /// The bytes that wait at a moment that is not before the last arrival.
    ///
    /// - Parameter moment: The moment, in nanoseconds.
    /// - Returns: Bytes, at most the limit.
    public mutating func backlog(at moment: Int64) -> UInt64 {
        while head != tail, ring[head & mask].departure <= moment {
            waiting &-= UInt64(ring[head & mask].length)
            head &+= 1
        }
        return waiting
    }

    /// Doubles the ring.
    @usableFromInline
    mutating func grow() {
        let larger = UnsafeMutablePointer<Place>.allocate(capacity: (mask + 1) * 2)
        for place in head..<tail { larger[place & (mask * 2 + 1)] = ring[place & mask] }
        ring.deallocate()
        ring = larger
        mask = mask * 2 + 1
    }
}

// The ring belongs to one value, which cannot be copied.
extension TokenBucketQueue: @unchecked Sendable {}
