/// Expects that a number of bytes had to wait at a shaped link.
///
/// It guards every other expectation under a rate limit: as much as the bucket holds passes at once, and a client that was
/// never slowed down has shown nothing.
public struct BytesDelayed: RunExpectation, Hashable {
    /// The number of bytes that must have waited.
    public let minimum: Int
    /// The fault whose link must have delayed them, or `nil` for any.
    public let fault: FaultName?

    /// Expects a number of bytes to wait.
    ///
    /// - Parameters:
    ///   - minimum: The number of bytes that must have waited, at least 1.
    ///   - fault: The fault whose link must have delayed them; `nil` counts those of every link.
    /// - Precondition: `minimum` is at least 1, since an expectation of nothing would hold of an empty record.
    public init(atLeast minimum: Int, by fault: FaultName? = nil) {
        precondition(minimum >= 1, "an expectation of \(minimum) delayed bytes cannot fail; expect at least 1")
        self.minimum = minimum
        self.fault = fault
    }

    /// Adds up the bytes that waited, from the figures that a link tells when it ends.
    ///
    /// - Parameter record: The events of the run.
    /// - Returns: Held when there are enough. When there are not, violated, or inconclusive if a fault was still in place
    ///   when the record ended, or if a bounded log let events go.
    public func evaluate(_ record: EventRecord) -> Verdict {
        let action = LinkAction(of: fault, in: record)
        let (outcome, explanation) = judge(record, action)
        let bySuffix = fault.map { " by \($0)" } ?? ""
        return Verdict(
            expectation: "at least \(Wording.count(minimum, "byte")) delayed\(bySuffix)", outcome: outcome,
            explanation: explanation, evidence: Verdict.capped(action.events))
    }

    private func judge(_ record: EventRecord, _ action: LinkAction) -> (Verdict.Outcome, String) {
        let delayed = action.delayedBytes
        if delayed >= minimum, let effect = action.effect { return (.held, "\(effect).") }
        let finding =
            delayed > 0
            ? "Only \(delayed) of at least \(Wording.count(minimum, "byte")) had to wait"
            : "No byte is known to have waited where at least \(minimum) \(Wording.were(minimum)) expected"
        let (outcome, reason) = lack(record, action)
        return (outcome, "\(finding): \(reason).")
    }

    private func lack(_ record: EventRecord, _ action: LinkAction) -> (Verdict.Outcome, String) {
        if let fault = action.unfinished {
            return (
                .inconclusive,
                "\(fault) was still in place when the record ended, and a link tells its figures at its end"
            )
        }
        guard record.isComplete else {
            let older = Wording.count(record.discarded, "older event")
            return (.inconclusive, "the log has let \(older) go, which may have held the rest")
        }
        return (.violated, action.shortage)
    }
}
