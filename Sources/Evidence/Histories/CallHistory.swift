import FaultModel

/// Everything that a record knows about one driven call.
public struct CallHistory: Hashable, Sendable, Identifiable {
    /// The number of the call.
    public let id: CallID
    /// The start.
    public let started: Mark
    /// What the caller was told; `nil` while the call is running.
    public let outcome: CallOutcome?
    /// The end.
    public let ended: Mark?

    /// The length of the call; `nil` while it is running.
    public var duration: Duration? { ended.map { $0.time - started.time } }
}

extension CallHistory {
    /// The calls whose start is among the events, in order of start.
    static func all(in events: [Event]) -> [CallHistory] {
        var starts: [(id: CallID, mark: Mark)] = []
        var ends: [CallID: (outcome: CallOutcome, mark: Mark)] = [:]
        for event in events {
            switch event.fact {
            case .callStarted(let id): starts.append((id, Mark(event)))
            case .callEnded(let id, let outcome): ends[id] = (outcome, Mark(event))
            default: break
            }
        }
        return starts.map { start in
            let end = ends[start.id]
            return CallHistory(id: start.id, started: start.mark, outcome: end?.outcome, ended: end?.mark)
        }
    }
}
