public import FaultModel

/// A rate that was measured: bytes over a length of time, both exact.
public struct MeasuredRate: Hashable, Sendable {
    /// The bytes.
    public let bytes: UInt64
    /// The length of time in nanoseconds, at least 1.
    public let nanoseconds: UInt64

    /// Describes a rate, or nothing when no time has passed.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - nanoseconds: The length of time in nanoseconds.
    public init?(bytes: UInt64, nanoseconds: UInt64) {
        guard nanoseconds > 0 else { return nil }
        self.bytes = bytes
        self.nanoseconds = nanoseconds
    }

    /// The rate in bytes per second, rounded down; the largest number where it is larger than that.
    public var bytesPerSecond: UInt64 {
        UInt64(clamping: UInt128(bytes) * 1_000_000_000 / UInt128(nanoseconds))
    }

    /// The rate in bits per second, rounded down; the largest number where it is larger than that.
    public var bitsPerSecond: UInt64 {
        UInt64(clamping: UInt128(bytes) * 8_000_000_000 / UInt128(nanoseconds))
    }

    /// Whether it is above a rate, exactly.
    ///
    /// - Parameter rate: The rate to compare with.
    /// - Returns: Whether more bytes were counted than the rate allows in that time.
    public func isAbove(_ rate: DataRate) -> Bool {
        UInt128(bytes) * 1_000_000_000 > UInt128(rate.bytesPerSecond) * UInt128(nanoseconds)
    }
}
