/// What becomes of a packet.
public enum PacketOutcome: Hashable, Sendable {
    /// It leaves at this moment, in nanoseconds.
    case sent(at: Int64)
    /// It is dropped, because the queue has no room for it.
    case limit
    /// It is dropped, because it is larger than a bucket and could never leave.
    case oversize
}
