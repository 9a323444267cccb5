public import FaultModel

/// Counts over all events of a log, kept while they are appended.
///
/// A bounded log of a long run lets old events go; its tally still adds up.
public struct Tally: Hashable, Sendable {
    /// Events of any kind.
    public private(set) var events = 0
    /// Connections accepted from clients.
    public private(set) var connections = 0
    /// Connections that ended.
    public private(set) var closedConnections = 0
    /// Connections for which the upstream could not be reached.
    public private(set) var upstreamFailures = 0
    /// Times at which the proxy stopped accepting because the system was out of descriptors or memory.
    public private(set) var acceptPauses = 0
    /// Requests that arrived, with those counted in ``opaqueRequests``.
    public private(set) var requests = 0
    /// Connections whose bytes cannot be read and count as one request.
    public private(set) var opaqueRequests = 0
    /// Requests whose answer was passed on whole.
    public private(set) var answered = 0
    /// Bytes that crossed, over the connections that ended.
    public private(set) var bytes = ByteTally()
    /// One entry for each fault that was armed, decided, reset or delayed something, in order of first appearance.
    public private(set) var faults: [FaultTally] = []
    /// How late resets were sent.
    public private(set) var lateness = DurationDistribution()
    /// Driven calls that were started.
    public private(set) var calls = 0
    /// Driven calls that returned or threw.
    public private(set) var endedCalls = 0
    /// Driven calls that were cancelled because the time was over.
    public private(set) var overdueCalls = 0

    /// Creates a tally of nothing.
    public init() {}

    /// Counts events, for example those of a stored record.
    ///
    /// - Parameter events: The events.
    public init(of events: some Sequence<Event>) {
        for event in events { count(event.fact) }
    }

    /// Connections that were accepted and have not ended.
    public var openConnections: Int { connections - closedConnections }
    /// Requests and connections that a fault picked.
    public var selected: Int { faults.reduce(0) { $0 + $1.selected } }
    /// Requests and connections that every fault spared.
    public var spared: Int { faults.reduce(0) { $0 + $1.spared } }
    /// RSTs that were sent to clients.
    public var resets: Int { faults.reduce(0) { $0 + $1.resets } }
    /// Pending resets that did not happen.
    public var cancelledResets: Int { faults.reduce(0) { $0 + $1.cancelledResets } }
    /// Whether any fault sent an RST or made a byte wait.
    public var hadEffect: Bool { faults.contains(where: \.hadEffect) }

    /// Adds a fact.
    mutating func count(_ fact: Fact) {
        events += 1
        switch fact {
        case .connectionAccepted: connections += 1
        case .upstreamFailed: upstreamFailures += 1
        case .connectionClosed(_, let end):
            closedConnections += 1
            bytes.add(end)
        case .acceptPaused: acceptPauses += 1
        case .requestReceived(_, let line):
            requests += 1
            if line.isOpaque { opaqueRequests += 1 }
        case .responseCompleted: answered += 1
        case .faultArmed(let fault): update(fault) { $0.armed += 1 }
        case .decided(_, let decision):
            update(decision.fault) { decision.selected ? ($0.selected += 1) : ($0.spared += 1) }
        case .resetSent(_, let reset):
            update(reset.fault) { $0.resets += 1 }
            lateness.add(reset.lateness)
        case .resetCancelled(_, let fault, _): update(fault) { $0.cancelledResets += 1 }
        case .linkDelayed(_, let fault): updateLink(of: fault) { $0.addDelay() }
        case .linkEnded(let fault, let record): updateLink(of: fault) { $0.add(record) }
        case .callStarted: calls += 1
        case .callEnded(_, .overdue): overdueCalls += 1
        case .callEnded: endedCalls += 1
        case .upstreamConnected, .protocolRecognized, .requestCompleted, .responseStarted, .acceptResumed, .faultLifted,
            .phaseStarted, .probeEvaluated, .note:
            break
        }
    }

    private mutating func updateLink(of fault: FaultName, _ change: (inout LinkTally) -> Void) {
        update(fault) { entry in
            var link = entry.link ?? LinkTally()
            change(&link)
            entry.link = link
        }
    }

    private mutating func update(_ fault: FaultName, _ change: (inout FaultTally) -> Void) {
        // A run has a handful of faults: a search beats hashing a text, and keeps them in order.
        if let index = faults.firstIndex(where: { $0.fault == fault }) {
            change(&faults[index])
        } else {
            var added = FaultTally(fault: fault)
            change(&added)
            faults.append(added)
        }
    }
}
