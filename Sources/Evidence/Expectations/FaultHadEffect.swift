/// Expects that a fault touched anything at all.
///
/// A run in which nothing was touched looks like a success: every request was answered. This tells the two apart, and says
/// which of the usual reasons applies: the fault was never armed, nothing arrived while it was, nothing was picked, or
/// every reset was cancelled.
public struct FaultHadEffect: RunExpectation, Hashable {
    /// The fault in question, or `nil` for any.
    public let fault: FaultName?

    /// Expects an effect.
    ///
    /// - Parameter fault: The fault that must have sent an RST; `nil` is content with any fault.
    public init(of fault: FaultName? = nil) {
        self.fault = fault
    }

    /// Looks for an RST in a record.
    ///
    /// - Parameter record: The events of the run.
    /// - Returns: Held when there is one; inconclusive when there is one and no connection ever reached the upstream.
    ///   When there is none, violated, or inconclusive if a bounded log let events go.
    public func evaluate(_ record: EventRecord) -> Verdict {
        let action = FaultAction(of: fault, in: record)
        let expectation = "\(fault?.text ?? "the fault") had an effect"
        if let first = action.resets.first {
            let number = action.resets.count
            if let reason = record.reasonUpstreamWasNeverReached {
                // Whether such a request is picked before its connection fails is a matter of luck, and the client met
                // a dead upstream rather than the fault.
                return Verdict(
                    expectation: expectation, outcome: .inconclusive,
                    explanation: "\(Wording.count(number, "reset")) \(Wording.were(number)) sent, but no connection "
                        + "reached the upstream: \(reason).",
                    evidence: Verdict.capped(action.events))
            }
            return Verdict(
                expectation: expectation, outcome: .held,
                explanation: "\(Wording.count(number, "reset")) \(Wording.were(number)) sent.", evidence: [first.event])
        }
        guard record.isComplete else {
            return Verdict(
                expectation: expectation, outcome: .inconclusive,
                explanation: "The log has let \(Wording.count(record.discarded, "older event")) go, "
                    + "and no reset is among those that are left.",
                evidence: Verdict.capped(action.events))
        }
        return Verdict(
            expectation: expectation, outcome: .violated, explanation: "No reset was sent: \(action.shortage).",
            evidence: Verdict.capped(action.events))
    }
}
