/// What a record says about the links of one fault, or of all of them, and why no more had to wait.
struct LinkAction {
    /// The faults that are known to shape, in order of first appearance, with what their links did.
    let shapers: [(fault: FaultName, tally: LinkTally)]
    /// The events that tell of the links, in order.
    private(set) var events: [Event.ID] = []
    /// The first event that tells of a byte that had to wait.
    private(set) var firstDelay: Event.ID?
    /// The first fault that may have more to tell: it was in place when the record ended, or its link had not ended.
    private(set) var unfinished: FaultName?
    private var inPlace: Set<FaultName> = []
    private let wasArmed: Bool
    private let hasConnections: Bool
    private let upstreamTrouble: String?

    init(of fault: FaultName?, in record: EventRecord) {
        let tally = record.tally
        let faults = tally.faults.filter { fault == nil || fault == $0.fault }
        shapers = faults.compactMap { fault in fault.link.map { (fault.fault, $0) } }
        wasArmed = faults.contains { $0.armed > 0 }
        hasConnections = tally.connections > 0
        upstreamTrouble = record.upstreamTrouble
        for event in record.events { add(event, fault) }
        // A link ends on the loop of its connections, shortly before or after its fault is lifted or armed anew, so what
        // counts for a fault that shapes is how often each happened.
        let first = faults.first { fault in
            fault.link.map { fault.armed > $0.ended } ?? inPlace.contains(fault.fault)
        }
        unfinished = first?.fault
    }

    private mutating func add(_ event: Event, _ fault: FaultName?) {
        func isMeant(_ name: FaultName) -> Bool { fault == nil || fault == name }
        switch event.fact {
        case .faultArmed(let name): inPlace.insert(name)
        case .faultLifted(let name): inPlace.remove(name)
        case .linkDelayed(_, let name) where isMeant(name):
            events.append(event.id)
            firstDelay = firstDelay ?? event.id
        case .linkEnded(let name, let link) where isMeant(name):
            events.append(event.id)
            if link.delayedBytes > 0 { firstDelay = firstDelay ?? event.id }
        default: break
        }
    }

    /// Whether a byte had to wait.
    var hadEffect: Bool { shapers.contains(where: \.tally.hadEffect) }
    /// Bytes that are known to have waited.
    var delayedBytes: Int64 { shapers.reduce(0) { $0 &+ $1.tally.delayedBytes } }
    /// Bytes that are known to have passed.
    var bytes: Int64 { shapers.reduce(0) { $0 &+ $1.tally.bytes } }

    /// What had to wait, as a clause that begins with a number; `nil` when nothing did.
    var effect: String? {
        guard hadEffect else { return nil }
        // The figures come when a link ends; before that there are only connections.
        if delayedBytes > 0 {
            let longest = shapers.map(\.tally.longestDelay).max() ?? .zero
            return "\(Wording.count(Int(clamping: delayedBytes), "byte")) had to wait, the longest for "
                + "\(Wording.length(longest)), and \(bytes) passed"
        }
        let connections = shapers.reduce(0) { $0 + $1.tally.delayedConnections }
        return "\(Wording.count(connections, "connection")) \(Wording.were(connections)) delayed"
    }

    /// Why there were not more bytes that had to wait, as the second half of a sentence.
    var shortage: String { upstreamTrouble.map { "\(reason); \($0)" } ?? reason }

    /// The same without what stood between the proxy and its upstream.
    var reason: String {
        if shapers.isEmpty { return wasArmed ? "no link was shaped" : "the fault was never armed" }
        if hadEffect {
            return shapers.contains { $0.tally.ended > 0 } ? "\(bytes) bytes passed in all" : "no link told its figures"
        }
        let reasons = shapers.map { (fault: $0.fault, text: reason(for: $0.tally)) }
        guard reasons.count > 1 else { return reasons.first?.text ?? "" }
        return Wording.list(reasons.map { "\($0.text) (\($0.fault))" })
    }

    private func reason(for link: LinkTally) -> String {
        if let swallowing = link.swallowing { return swallowing }
        if link.bytes > 0 {
            return "the load stayed below the rate: \(link.bytes) bytes passed, and the bucket of \(link.burst) "
                + "never ran empty"
        }
        return hasConnections
            ? "no bytes to matching clients passed the link; destinations of a rate limit are addresses of clients"
            : "no connection reached the proxy; check that the client connects to it"
    }
}
