import Evidence
import FaultModel
import TrafficShaping

/// What a shaped link has done so far, and what a kernel would have dropped in its place.
///
/// Positions count bytes from the upstream since a connection began.
struct LinkFigures: ~Copyable {
    private let burst: Int64
    private var connections = 0
    private var bytes: Int64 = 0
    private var delayedBytes: Int64 = 0
    private var refusedBytes: Int64 = 0
    private var longestDelay = Duration.zero
    private var mostHeld = 0

    /// The kernel's queue under the same load, in packets of a size that it takes.
    private var kernelQueue: TokenBucketQueue
    private let packetSize: UInt64
    private var lastArrival: Int64

    init(_ configuration: ShaperConfiguration, packetSize: Int, at now: Timestamp) {
        burst = Int64(configuration.burst.bytes)
        kernelQueue = TokenBucketQueue(configuration, at: now.nanoseconds)
        self.packetSize = UInt64(packetSize)
        lastArrival = now.nanoseconds
    }

    /// The figures as the log has them.
    var record: ShapeRecord {
        ShapeRecord(
            connections: connections, bytes: bytes, delayedBytes: delayedBytes, refusedBytes: refusedBytes,
            longestDelay: longestDelay, mostHeld: Int64(mostHeld), burst: burst)
    }

    /// So many bytes wait at the link now.
    mutating func held(_ bytes: Int) { mostHeld = max(mostHeld, bytes) }

    /// The bytes of a connection have come up to a position, read or not.
    mutating func arrived(_ seat: LinkSeat, upTo position: UInt64, at now: Timestamp) {
        lastArrival = max(lastArrival, now.nanoseconds)
        while seat.arrivedUpTo < position {
            let packet = min(position - seat.arrivedUpTo, packetSize)
            seat.arrivedUpTo += packet
            if kernelQueue.offer(UInt32(packet), at: lastArrival) == .limit { refusedBytes += Int64(packet) }
        }
    }

    /// Bytes have left, up to a position.
    mutating func sent(_ count: Int, from seat: LinkSeat, passed: UInt64, at now: Timestamp) {
        bytes += Int64(count)
        if !seat.hasPassed {
            seat.hasPassed = true
            connections += 1
        }
        let wait = seat.longestWait(before: passed, at: now)
        let start = passed - UInt64(count)
        guard seat.delayedUpTo > start else { return }
        // Nothing overtakes, so what leaves before a byte that had to wait had to wait too.
        delayedBytes += Int64(min(passed, seat.delayedUpTo) - start)
        longestDelay = max(longestDelay, wait)
    }
}
