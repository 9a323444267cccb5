public import Evidence
import FaultModel

extension EventLog {
    /// Creates an empty log whose time runs with a clock, from now.
    ///
    /// - Parameter clock: The clock.
    public convenience init<C: Clock>(following clock: C) where C.Duration == Duration {
        let start = clock.now
        self.init(now: { Timestamp.zero + start.duration(to: clock.now) })
    }
}
