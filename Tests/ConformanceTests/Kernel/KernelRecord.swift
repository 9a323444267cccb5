/// What `shaped-link.py` says.
struct KernelRecord: Decodable {
    struct Counters: Decodable {
        let bytes: UInt64
        let packets: UInt64
        let drops: UInt64
        let overlimits: UInt64
        let backlog: UInt64
    }

    /// When each packet came to the shaper, in nanoseconds since 1970.
    let arrivals: [Int64?]
    /// What came out, in order: number, length in bytes, and nanoseconds since 1970.
    let departures: [[Int64]]
    /// Nanoseconds since 1970, before and after each change.
    let changes: [[Int64]]
    /// What `tc -s` says; absent when the shaper was removed.
    let counters: Counters?

    /// What was seen, with moments that count from the first arrival.
    func observation(of plan: KernelPlan) throws -> LinkObservation {
        let stamps = arrivals.compactMap(\.self)
        guard stamps.count == plan.packets.count, let begin = stamps.first else {
            throw KernelError(description: "the arrival of \(plan.packets.count - stamps.count) packets has no stamp")
        }
        var moments: [Int: Int64] = [:]
        for departure in departures { moments[Int(departure[0])] = departure[2] - begin }
        return LinkObservation(
            packets: plan.packets.indices.map { number in
                LinkObservation.Packet(
                    arrival: stamps[number] - begin, length: UInt32(plan.packets[number][1]),
                    departure: moments[number])
            },
            order: departures.map { Int($0[0]) },
            counters: counters.map {
                LinkObservation.Counters(
                    sentBytes: $0.bytes, sentPackets: $0.packets, dropped: $0.drops, backlog: $0.backlog)
            })
    }
}

/// Why the kernel could not be asked.
struct KernelError: Error, CustomStringConvertible {
    let description: String
}
