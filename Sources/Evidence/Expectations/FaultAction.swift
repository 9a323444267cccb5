/// What a record says about the resets of one fault, or of all of them, and why there were not more.
struct FaultAction {
    /// The RSTs that were sent.
    private(set) var resets: [(request: RequestID, event: Event.ID)] = []
    /// Every event that says something about what the fault picked, in order: choices, RSTs, cancellations.
    private(set) var events: [Event.ID] = []
    /// Whether any of the faults could have reset something: it is not known to shape, or has decided about a request.
    var mayReset: Bool { arms > 0 || !events.isEmpty }
    /// What the links of the fault did, or those of all of them.
    let links: LinkAction
    private let shapers: Set<FaultName>
    private var arms = 0
    private var isArmed = false
    private var selected = 0
    private var spared = 0
    private var cancellations: [ResetCancellation: Int] = [:]
    private var connections = 0
    private var requests = 0
    private var requestsWhileArmed = 0
    private var opaqueRequests = 0
    private let upstreamTrouble: String?

    init(of fault: FaultName?, in record: EventRecord) {
        upstreamTrouble = record.upstreamTrouble
        links = LinkAction(of: fault, in: record)
        shapers = Set(links.shapers.map(\.fault))
        for event in record.events { add(event, fault) }
    }

    private mutating func add(_ event: Event, _ fault: FaultName?) {
        func isMeant(_ name: FaultName) -> Bool { fault == nil || fault == name }
        switch event.fact {
        case .faultArmed(let name) where isMeant(name) && !shapers.contains(name):
            arms += 1
            isArmed = true
        case .faultLifted(let name) where isMeant(name) && !shapers.contains(name): isArmed = false
        case .connectionAccepted: connections += 1
        case .requestReceived(_, let line):
            requests += 1
            if isArmed { requestsWhileArmed += 1 }
            if line.isOpaque { opaqueRequests += 1 }
        case .decided(_, let decision) where isMeant(decision.fault):
            if decision.selected { selected += 1 } else { spared += 1 }
            events.append(event.id)
        case .resetSent(let id, let reset) where isMeant(reset.fault):
            resets.append((id, event.id))
            events.append(event.id)
        case .resetCancelled(_, let name, let reason) where isMeant(name):
            cancellations[reason, default: 0] += 1
            events.append(event.id)
        default: break
        }
    }

    /// How many RSTs were sent, as a clause that begins with a number; `nil` when none was.
    var effect: String? {
        guard !resets.isEmpty else { return nil }
        return "\(Wording.count(resets.count, "reset")) \(Wording.were(resets.count)) sent"
    }

    /// Why there were not more RSTs, as the second half of a sentence.
    var shortage: String { upstreamTrouble.map { "\(firstReason); \($0)" } ?? firstReason }

    /// The first reason that applies, from the fault's point of view.
    private var firstReason: String {
        let cancelled = cancellations.values.reduce(0, +)
        if !mayReset {
            guard !shapers.isEmpty else { return "the fault was never armed" }
            let verbs = shapers.count == 1 ? "shapes a link and sends" : "shape links and send"
            let names = Wording.list(links.shapers.map(\.fault.text))
            return "\(names) \(verbs) no resets; BytesDelayed counts what had to wait"
        }
        if cancelled > 0 {
            let reasons = ResetCancellation.allCases.compactMap { reason in
                cancellations[reason].map { "\($0) because \(reason.clause)" }
            }
            return "\(cancelled) of \(selected) selected \(Wording.were(cancelled)) cancelled, \(Wording.list(reasons))"
        }
        if selected > resets.count {
            let pending = selected - resets.count
            return "\(pending) of \(selected) selected \(Wording.were(pending)) neither reset nor cancelled so far"
        }
        if connections == 0 && requests == 0 {
            return "no connection reached the proxy; check that the client connects to it"
        }
        if requests == 0 && events.isEmpty {
            return "no request arrived on \(Wording.count(connections, "connection"))"
        }
        if requestsWhileArmed == 0 && events.isEmpty {
            return "\(Wording.count(requests, "request")) arrived, but none while the fault was armed"
        }
        var reason =
            events.isEmpty
            ? "\(Wording.count(requests, "request")) arrived, but the fault decided about none"
            : "\(selected == 0 ? "none" : "\(selected)") of \(selected + spared) that arrived \(Wording.were(selected)) selected"
        if opaqueRequests > 0 && opaqueRequests == requests {
            reason += "; no bytes could be read, so each connection counted as one request"
        } else if selected == 0 && spared > 0 {
            reason += "; a small toxicity may pick none of so few"
        }
        return reason
    }
}

extension ResetCancellation {
    /// The reason as the second half of a sentence.
    fileprivate var clause: String {
        switch self {
        case .faultLifted: "the fault was lifted"
        case .clientGone: "the client went away first"
        case .proxyEnded: "the proxy ended"
        }
    }
}
