import Evidence
import FaultModel

/// When the expectations that may stop a run are judged, and what came of it.
///
/// Judging reads the whole log, so it must not happen at every event. It happens when there is something new to judge, at
/// most ten times a second, and then after one percent of the time so far: the work for a long run grows as its log does. A
/// last time at the end, so that no condition is missed that was met right before it.
struct VerdictWatch {
    private let conditions: [(expectation: any RunExpectation, place: SourcePlace)]
    private let begin: Duration
    private var judgedEvents = 0
    /// The next moment to ask; `nil` when there is nothing to judge.
    private(set) var next: Duration?

    private static let pause: Duration = .milliseconds(100)
    private static let idlePause: Duration = .seconds(1)
    private static let pausesOfARun = 100

    init(_ conditions: [StopCondition], from begin: Duration) {
        self.conditions = conditions.compactMap { condition in
            guard case .violated(let expectation) = condition.kind else { return nil }
            return (expectation, condition.place)
        }
        self.begin = begin
        next = self.conditions.isEmpty ? nil : begin + Self.pause
    }

    /// Judges when it is time to.
    ///
    /// - Parameters:
    ///   - moment: The moment of the run.
    ///   - isLast: Whether nobody will ask again.
    ///   - log: The log of the run.
    ///   - samples: How many events of the log are samples of probes, which ``ProbeFails`` watches.
    ///   - record: The events of the run so far.
    /// - Returns: Why the run is to be stopped, or nothing.
    mutating func judge(
        at moment: Duration, isLast: Bool, _ log: EventLog, samples: Int, record: () -> EventRecord
    ) -> RunStop? {
        guard let next, isLast || next <= moment else { return nil }
        let tally = log.tally
        let hasOpenCalls = tally.calls > tally.endedCalls + tally.overdueCalls
        let hasNews = hasOpenCalls || tally.events - samples != judgedEvents
        self.next = moment + max(hasNews ? Self.pause : Self.idlePause, (moment - begin) / Self.pausesOfARun)
        guard hasNews else { return nil }
        judgedEvents = tally.events - samples
        let now = log.now
        let soFar = record().observed(until: now)
        for condition in conditions {
            let verdict = condition.expectation.evaluate(soFar)
            guard verdict.outcome == .violated else { continue }
            return RunStop(violating: verdict, at: condition.place, time: now)
        }
        return nil
    }
}

extension EventRecord {
    /// The record with a last event that proves that nothing else had happened by a moment; a call that hangs leaves no
    /// event of its own.
    fileprivate func observed(until moment: Timestamp) -> EventRecord {
        let last = Event(id: (events.last?.id ?? 0) + 1, time: moment, fact: .note("the run went on until here"))
        var events = events
        events.append(last)
        return EventRecord(events: events, discarded: discarded)
    }
}
