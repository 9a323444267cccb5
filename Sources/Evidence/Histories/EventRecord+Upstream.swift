extension EventRecord {
    /// Why the upstream was not reached, when no connection of the record ever reached it; `nil` otherwise.
    package var reasonUpstreamWasNeverReached: String? {
        var reason: String?
        for event in events {
            switch event.fact {
            case .upstreamConnected: return nil
            case .upstreamFailed(_, let text): reason = reason ?? text
            default: break
            }
        }
        return reason
    }

    /// What stood between the proxy and its upstream, as the second half of a sentence; `nil` when it was always reached.
    package var upstreamTrouble: String? {
        var (connections, failures) = (0, 0)
        var reason: String?
        for event in events {
            switch event.fact {
            case .connectionAccepted: connections += 1
            case .upstreamFailed(_, let text):
                failures += 1
                reason = reason ?? text
            default: break
            }
        }
        guard let reason else { return nil }
        let share =
            connections > failures ? "\(failures) of \(connections) connections" : Wording.count(failures, "connection")
        return "the upstream could not be reached on \(share): \(reason)"
    }
}
