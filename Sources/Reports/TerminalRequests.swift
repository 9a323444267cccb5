import Evidence
import FaultModel

/// What the events tell about one request, gathered for one row of the table.
struct TerminalRequest {
    let id: RequestID
    let time: Timestamp
    var line: RequestLine?
    var decision: Decision?
    var status: Int?
    var answered: Int64?
    var reset: ResetRecord?
    var cancelled: ResetCancellation?
    var end: ConnectionEnd?

    /// Every request of a record in the order of the first event about it, and connections that were decided as a whole.
    static func all(in record: EventRecord) -> [TerminalRequest] {
        var requests: [TerminalRequest] = []
        var positions: [RequestID: Int] = [:]
        var ends: [ConnectionID: ConnectionEnd] = [:]
        for event in record.events {
            switch change(from: event.fact) {
            case .about(let id, let change):
                let position = positions[id] ?? requests.count
                if position == requests.count {
                    requests.append(TerminalRequest(id: id, time: event.time))
                    positions[id] = position
                }
                change(&requests[position])
            case .end(let connection, let end): ends[connection] = end
            case .none: break
            }
        }
        for index in requests.indices { requests[index].end = ends[requests[index].id.connection] }
        return requests
    }

    private enum Change {
        case none
        case about(RequestID, (inout TerminalRequest) -> Void)
        case end(ConnectionID, ConnectionEnd)
    }

    private static func change(from fact: Fact) -> Change {
        switch fact {
        case .requestReceived(let id, let line): .about(id) { $0.line = line }
        case .decided(let id, let decision): .about(id) { $0.decision = decision }
        case .responseStarted(let id, let status): .about(id) { $0.status = status }
        case .responseCompleted(let id, let bytes): .about(id) { $0.answered = bytes }
        case .resetSent(let id, let reset): .about(id) { $0.reset = reset }
        case .resetCancelled(let id, _, let reason): .about(id) { $0.cancelled = reason }
        case .connectionClosed(let connection, let end): .end(connection, end)
        default: .none
        }
    }

    /// Method and target, or what stands for them.
    var title: String {
        guard let line else { return "(connection)" }
        return line.method.isEmpty ? "(opaque bytes)" : "\(line.method) \(line.target)"
    }

    /// What the fault decided, with the ground of the choice.
    var choice: String {
        guard let decision else { return "–" }
        return "\(decision.selected ? "picked" : "spared") \(decision.key)"
    }

    /// What became of the request.
    var fate: (text: String, tone: TerminalTone) {
        if let reset {
            return (reset.responseBytes == 0 ? "reset, no answer" : "reset after \(reset.responseBytes) bytes", .bad)
        }
        if let answered {
            let status = status.map { "\($0)" } ?? "answer"
            return ("\(status), \(answered) bytes", .plain)
        }
        if let end { return ("\(end.how.rawValue) by \(end.by.rawValue)", .unsure) }
        switch cancelled {
        case .faultLifted?: return ("reset called off", .unsure)
        case .clientGone?: return ("client gone", .unsure)
        case .proxyEnded?, nil: return ("unfinished", .unsure)
        }
    }

    /// The time from due to sent, in milliseconds.
    var lateness: String { reset.map { $0.lateness.milliseconds(places: 2) } ?? "" }
}
