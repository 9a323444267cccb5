import FaultModel

/// Expects that every driven call ends in time, whatever it ends with.
///
/// A client that throws has told its caller; one that hangs has not. The expectation finds the second kind.
public struct EveryCallEnds: RunExpectation, Hashable {
    /// The longest time that a call may take.
    public let limit: Duration

    /// Expects calls to end.
    ///
    /// - Parameter limit: The longest time from the start of a call to its end, more than zero.
    /// - Precondition: `limit` is more than zero.
    public init(within limit: Duration) {
        precondition(limit > .zero, "no call ends within \(limit)")
        self.limit = limit
    }

    /// Looks for calls that took too long.
    ///
    /// - Parameter record: The events of the run.
    /// - Returns: Violated when a call was overdue, slow, or still running past its limit when the record ends.
    ///   Inconclusive when no call was driven, when one was still running within its limit, or when a bounded log let
    ///   events go. Held otherwise.
    public func evaluate(_ record: EventRecord) -> Verdict {
        let calls = record.calls
        let late = calls.compactMap { describeIfLate($0, in: record) } + orphans(in: record, besides: calls)
        let (outcome, explanation, evidence) = judge(record, calls, late)
        return Verdict(
            expectation: "every call ends within \(Wording.length(limit))", outcome: outcome,
            explanation: explanation, evidence: Verdict.capped(evidence))
    }

    private func judge(
        _ record: EventRecord, _ calls: [CallHistory], _ late: [(clause: String, events: [Event.ID])]
    ) -> (Verdict.Outcome, String, [Event.ID]) {
        if !late.isEmpty {
            // Three name the pattern; the rest would make a sentence that nobody reads.
            var clauses = late.prefix(3).map(\.clause)
            if late.count > 3 { clauses.append("\(late.count - 3) more") }
            let total = max(calls.count, late.count)
            let subject = total == 1 ? "The one call" : "\(late.count) of \(total) calls"
            return (
                .violated, "\(subject) did not end within \(Wording.length(limit)): \(Wording.list(clauses)).",
                late.flatMap(\.events).sorted()
            )
        }
        if !record.isComplete {
            let older = Wording.count(record.discarded, "older event")
            return (.inconclusive, "The log has let \(older) go, which may have held a call that did not end.", [])
        }
        let running = calls.filter { $0.ended == nil }
        if let first = running.first {
            let verb = running.count == 1 ? "was" : "were"
            return (
                .inconclusive,
                "\(running.count) of \(Wording.count(calls.count, "call")), \(first.id) first, \(verb) still running when "
                    + "the record ended, and not yet past the limit.",
                running.map(\.started.event)
            )
        }
        guard let slowest = calls.max(by: { ($0.duration ?? .zero) < ($1.duration ?? .zero) }),
            let duration = slowest.duration
        else { return (.inconclusive, "No call was driven, so there was none to wait for.", []) }
        let all = calls.count == 2 ? "Both" : "All \(calls.count)"
        let explanation =
            calls.count == 1
            ? "The one call ended after \(Wording.length(duration))."
            : "\(all) calls ended, the slowest, \(slowest.id), after \(Wording.length(duration))."
        return (.held, explanation, [slowest.started.event] + (slowest.ended.map { [$0.event] } ?? []))
    }

    /// What was wrong with a call, or nothing when it ended in time or may still do so.
    private func describeIfLate(_ call: CallHistory, in record: EventRecord) -> (clause: String, events: [Event.ID])? {
        if let ended = call.ended, let duration = call.duration {
            let events = [call.started.event, ended.event]
            if call.outcome == .overdue {
                return ("\(call.id) was cancelled after \(Wording.length(duration))", events)
            }
            return duration > limit ? ("\(call.id) took \(Wording.length(duration))", events) : nil
        }
        // The last event proves that the run went on until then.
        guard let last = record.events.last, last.time - call.started.time > limit else { return nil }
        let age = Wording.length(last.time - call.started.time)
        return ("\(call.id) was still running after \(age)", [call.started.event])
    }

    /// Overdue calls whose start a bounded log has let go.
    private func orphans(
        in record: EventRecord, besides calls: [CallHistory]
    ) -> [(clause: String, events: [Event.ID])] {
        guard !record.isComplete else { return [] }
        let known = Set(calls.map(\.id))
        return record.events.compactMap { event in
            guard case .callEnded(let id, .overdue) = event.fact, !known.contains(id) else { return nil }
            return ("\(id) was cancelled", [event.id])
        }
    }
}
