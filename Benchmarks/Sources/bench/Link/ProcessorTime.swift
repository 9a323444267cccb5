#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Readings of clocks, in nanoseconds.
enum Reading {
    static var now: Int64 { read(CLOCK_MONOTONIC) }
    /// What the processors spent on this thread.
    static var ofThread: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }
    /// What the processors spent on this process.
    static var ofProcess: Int64 { read(CLOCK_PROCESS_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
