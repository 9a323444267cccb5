import ResetPeer

/// Keeps count of what was observed and stops the fuzzer where the log would contradict itself.
struct Ledger {
    private var seen = 0
    private var decided = 0
    private var completed = 0
    private var started = 0
    private var done = 0
    private var selected: Int?

    /// Requests whose answer is not complete.
    var waiting: Int { seen - done }

    /// Whether a request was selected and its reset was not cancelled.
    var isResetPending: Bool { selected != nil }

    mutating func enter(_ observations: [Observation]) {
        for observation in observations {
            switch observation {
            case .protocolRecognized: break
            case .requestReceived(let ordinal, _):
                check(ordinal == seen + 1, "a request was skipped or counted twice")
                seen = ordinal
            case .decided(0, _, _): break
            case .decided(let ordinal, _, let choice):
                check(ordinal > decided && ordinal <= seen, "a request was decided twice or out of order")
                check(selected == nil, "a request behind a selected one was decided")
                decided = ordinal
                if choice.isSelected { selected = ordinal }
            case .requestCompleted(let ordinal, let bytes):
                check(ordinal > completed && ordinal <= seen, "a request was completed twice or out of order")
                check(bytes >= 14, "no request is as short as \(bytes) bytes")
                completed = ordinal
            case .responseStarted(let ordinal, _):
                check(ordinal > started && ordinal <= seen, "an answer began twice or out of order")
                started = ordinal
            case .responseCompleted(let ordinal, _):
                check(ordinal > done && ordinal <= started, "an answer ended twice or before it began")
                done = ordinal
            case .resetCancelled(0, _, _): break
            case .resetCancelled(let ordinal, _, _):
                check(ordinal == selected, "a reset was cancelled that was not pending")
                selected = nil
            }
        }
    }
}
