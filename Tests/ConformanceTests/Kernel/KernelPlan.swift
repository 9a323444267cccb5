/// What `shaped-link.py` is told.
struct KernelPlan: Encodable {
    /// Something that is done to the shaper on the way.
    struct Change: Encodable {
        /// Nanoseconds from the beginning.
        let at: Int64
        /// The words behind `tc qdisc`.
        let words: [String]
    }

    /// The words behind `tbf`.
    let settings: [String]
    /// Nanoseconds from the beginning, and bytes.
    let packets: [[Int64]]
    var changes: [Change] = []
    /// Nanoseconds to wait after the last packet before the shaper is asked whether it is empty.
    var rest: Int64 = 0

    init(_ settings: [String], _ packets: [ScheduledPacket]) {
        self.settings = settings
        self.packets = packets.map { [$0.moment, Int64($0.length)] }
    }
}
