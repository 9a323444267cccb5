/// Expects that a fault touched anything at all.
///
/// A run in which nothing was touched looks like a success: every request was answered. This tells the two apart, and says
/// which of the usual reasons applies: the fault was never armed, nothing arrived while it was, nothing was picked, or
/// every reset was cancelled; of a shaped link, that everything fitted into its bucket, or that the load stayed below its
/// rate.
public struct FaultHadEffect: RunExpectation, Hashable {
    /// The fault in question, or `nil` for any.
    public let fault: FaultName?

    /// Expects an effect.
    ///
    /// - Parameter fault: The fault that must have sent an RST or made a byte wait; `nil` is content with any fault.
    public init(of fault: FaultName? = nil) {
        self.fault = fault
    }

    /// Looks for an RST, or a byte that had to wait, in a record.
    ///
    /// - Parameter record: The events of the run.
    /// - Returns: Held when there is one; inconclusive when there is one and no connection ever reached the upstream.
    ///   When there is none, violated, or inconclusive if a bounded log let events go.
    public func evaluate(_ record: EventRecord) -> Verdict {
        let (outcome, explanation, evidence) = judge(record, FaultAction(of: fault, in: record))
        return Verdict(
            expectation: "\(fault?.text ?? "the fault") had an effect", outcome: outcome,
            explanation: explanation, evidence: Verdict.capped(evidence))
    }

    private func judge(_ record: EventRecord, _ action: FaultAction) -> (Verdict.Outcome, String, [Event.ID]) {
        let links = action.links
        let events = (action.events + links.events).sorted()
        let effects = [action.effect, links.effect].compactMap(\.self)
        guard effects.isEmpty else {
            let effect = effects.joined(separator: "; ")
            if let reason = record.reasonUpstreamWasNeverReached {
                // Whether such a request is picked before its connection fails is a matter of luck, and the client met
                // a dead upstream rather than the fault.
                return (.inconclusive, "\(effect), but no connection reached the upstream: \(reason).", events)
            }
            let first = [action.resets.first?.event, links.firstDelay].compactMap(\.self)
            return (.held, "\(effect).", first.sorted())
        }
        guard record.isComplete else {
            let missing = links.shapers.isEmpty ? "no reset is" : "neither a reset nor a byte that had to wait is"
            return (
                .inconclusive,
                "The log has let \(Wording.count(record.discarded, "older event")) go, "
                    + "and \(missing) among those that are left.", events
            )
        }
        if links.shapers.isEmpty { return (.violated, "No reset was sent: \(action.shortage).", events) }
        if !action.mayReset { return (.violated, "No byte had to wait: \(links.shortage).", events) }
        return (.violated, "No byte had to wait: \(links.reason). No reset was sent: \(action.shortage).", events)
    }
}
