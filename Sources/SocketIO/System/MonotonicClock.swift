public import FaultModel

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// The system's monotonic clock, counted from the creation of this value.
public struct MonotonicClock: Sendable {
    /// The reading of the system's clock that counts as zero, in nanoseconds.
    package let origin: Int64

    /// Creates a clock that stands at zero.
    public init() {
        origin = Self.systemNanoseconds
    }

    /// The present moment.
    public var now: Timestamp {
        Timestamp(nanoseconds: Self.systemNanoseconds - origin)
    }

    private static var systemNanoseconds: Int64 {
        #if canImport(Darwin)
        // On Darwin CLOCK_MONOTONIC jumps ahead over a sleep of the machine, which would fire every deadline at once.
        return Int64(clock_gettime_nsec_np(CLOCK_UPTIME_RAW))
        #else
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        #endif
    }
}
