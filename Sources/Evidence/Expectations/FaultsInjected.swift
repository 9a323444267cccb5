/// Expects that the client was sent a number of RSTs.
///
/// It guards every other expectation: a client that survived a fault which hit too little has shown nothing.
public struct FaultsInjected: RunExpectation, Hashable {
    /// The number of RSTs that must have been sent.
    public let minimum: Int
    /// The fault that must have asked for them, or `nil` for any.
    public let fault: FaultName?

    /// Expects a number of RSTs.
    ///
    /// - Parameters:
    ///   - minimum: The number of RSTs that must have been sent, at least 1.
    ///   - fault: The fault that must have asked for them; `nil` counts those of every fault.
    /// - Precondition: `minimum` is at least 1, since an expectation of nothing would hold of an empty record.
    public init(atLeast minimum: Int, by fault: FaultName? = nil) {
        precondition(minimum >= 1, "an expectation of \(minimum) faults cannot fail; expect at least 1")
        self.minimum = minimum
        self.fault = fault
    }

    /// Counts the RSTs of a record.
    ///
    /// - Parameter record: The events of the run.
    /// - Returns: Held when there are enough. When there are not, violated, or inconclusive if a bounded log let events go.
    public func evaluate(_ record: EventRecord) -> Verdict {
        let action = FaultAction(of: fault, in: record)
        let sent = Wording.count(action.resets.count, "reset")
        let bySuffix = fault.map { " by \($0)" } ?? ""

        let outcome: Verdict.Outcome
        let explanation: String
        let evidence: [Event.ID]
        if action.resets.count >= minimum {
            outcome = .held
            explanation = "\(sent) \(Wording.were(action.resets.count)) sent, \(hits(action, record))."
            evidence = action.resets.map(\.event)
        } else {
            outcome = record.isComplete ? .violated : .inconclusive
            let lack =
                record.isComplete
                ? action.shortage
                : "the log has let \(Wording.count(record.discarded, "older event")) go, which may have held the rest"
            explanation =
                action.resets.isEmpty
                ? "No reset was sent where at least \(minimum) \(Wording.were(minimum)) expected: \(lack)."
                : "Only \(action.resets.count) of at least \(Wording.count(minimum, "reset")) "
                    + "\(Wording.were(action.resets.count)) sent: \(lack)."
            evidence = action.events
        }
        return Verdict(
            expectation: "at least \(Wording.count(minimum, "fault")) injected\(bySuffix)", outcome: outcome,
            explanation: explanation, evidence: Verdict.capped(evidence))
    }

    private func hits(_ action: FaultAction, _ record: EventRecord) -> String {
        let requests = record.requests
        func name(_ id: RequestID) -> String {
            if id.ordinal == 0 { return "connection \(id.connection)" }
            return requests.first { $0.id == id }?.description ?? "request \(id)"
        }
        guard let first = action.resets.first, let last = action.resets.last else { return "none at all" }
        return first.request == last.request
            ? "to \(name(first.request))"
            : "the first to \(name(first.request)), the last to \(name(last.request))"
    }
}
