/// A column that a trace of packets has to have.
public enum TraceColumn: String, Hashable, Sendable, CaseIterable {
    /// The moment at which a packet arrives, in nanoseconds from any beginning, 0 to 2^62.
    case arrival = "arrival_ns"
    /// The length of a packet as a queueing discipline counts it, in bytes: the IP packet and 14 bytes of link header.
    case size = "size_bytes"

    /// The largest number that the column may hold.
    var largest: UInt64 {
        switch self {
        case .arrival: 1 << 62
        case .size: UInt64(UInt32.max)
        }
    }

    /// The smallest number that the column may hold.
    var smallest: UInt64 {
        switch self {
        case .arrival: 0
        case .size: 1
        }
    }

    /// The rule as half a sentence.
    var rule: String {
        switch self {
        case .arrival: "a time is a whole number of nanoseconds from 0 to \(largest)"
        case .size: "a size is a whole number of bytes from 1 to \(largest)"
        }
    }
}
