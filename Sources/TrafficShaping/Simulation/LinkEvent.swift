/// Something that happens to a link during a simulation.
public struct LinkEvent: Hashable, Sendable {
    /// What happens.
    public enum Action: Hashable, Sendable {
        /// The settings change, as by `tc qdisc change`: full buckets, and what waits goes on waiting.
        case change(ShaperConfiguration)
        /// The link is removed with everything that waits; packets pass unshaped from then on.
        case remove
        /// The link lets go what waits and is then removed, at the latest after so long; what waits then is dropped.
        case drainThenRemove(within: Duration)
    }

    /// The moment, in nanoseconds.
    public let moment: Int64
    /// What happens.
    public let action: Action

    /// Describes an event.
    ///
    /// - Parameters:
    ///   - moment: The moment, in nanoseconds, 0 to 2^62. A packet that arrives at the same moment arrives after it.
    ///   - action: What happens.
    public init(at moment: Int64, _ action: Action) {
        self.moment = moment
        self.action = action
    }
}
