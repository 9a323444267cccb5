/// What became of a packet in a simulation, in which a link can be removed and can end with packets that wait.
public enum PacketFate: Hashable, Sendable {
    /// It left at this moment, in nanoseconds.
    case sent(at: Int64)
    /// It was dropped on arrival, because the queue had no room for it.
    case limit
    /// It was dropped on arrival, because it is larger than a bucket and could never leave.
    case oversize
    /// It waited, and was dropped when the link was removed at this moment, in nanoseconds.
    case discarded(at: Int64)
    /// It waits to this day: after a change of the settings it, or a packet before it, can never leave.
    case stuck

    /// What became of it on a link that stays as it is.
    ///
    /// - Parameter outcome: What the link said.
    @inlinable
    public init(_ outcome: PacketOutcome) {
        switch outcome {
        case .sent(let moment): self = .sent(at: moment)
        case .limit: self = .limit
        case .oversize: self = .oversize
        }
    }
}
