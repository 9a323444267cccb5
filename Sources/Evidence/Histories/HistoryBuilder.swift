/// Gathers what events say about requests and connections, in one pass.
///
/// Facts about one request may come in any order and some may be missing, because a bounded log let them go: nothing here
/// relies on a complete story. A request without its arrival and a connection without its acceptance are left out.
struct HistoryBuilder {
    private struct RequestDraft {
        var arrived: (line: RequestLine, occurrence: Int, mark: Mark)?
        var completed: (bytes: Int64, mark: Mark)?
        var decision: (value: Decision, mark: Mark)?
        var answerStarted: (status: Int?, mark: Mark)?
        var answered: (bytes: Int64, mark: Mark)?
        var reset: (record: ResetRecord, mark: Mark)?
        var cancellation: ResetCancellation?
    }

    private struct ConnectionDraft {
        var accepted: (peer: String, mark: Mark)?
        var wireProtocol: WireProtocol?
        var upstreamConnected: Mark?
        var upstreamFailure: String?
        var requests: [RequestID] = []
        var reset: (request: RequestID, record: ResetRecord, mark: Mark)?
        var end: (value: ConnectionEnd, mark: Mark)?
    }

    private var requestDrafts: [RequestID: RequestDraft] = [:]
    private var connectionDrafts: [ConnectionID: ConnectionDraft] = [:]
    private var arrivals: [RequestID] = []
    private var acceptances: [ConnectionID] = []
    private var occurrences: [RequestLine: Int] = [:]

    init(_ events: [Event]) {
        for event in events { add(event) }
    }

    private mutating func add(_ event: Event) {
        let mark = Mark(event)
        switch event.fact {
        case .connectionAccepted(let id, let peer):
            guard connectionDrafts[id]?.accepted == nil else { break }
            acceptances.append(id)
            connectionDrafts[id, default: ConnectionDraft()].accepted = (peer, mark)
        case .upstreamConnected(let id):
            connectionDrafts[id, default: ConnectionDraft()].upstreamConnected = mark
        case .upstreamFailed(let id, let reason):
            connectionDrafts[id, default: ConnectionDraft()].upstreamFailure = reason
        case .protocolRecognized(let id, let wireProtocol):
            connectionDrafts[id, default: ConnectionDraft()].wireProtocol = wireProtocol
        case .connectionClosed(let id, let end):
            connectionDrafts[id, default: ConnectionDraft()].end = (end, mark)
        case .requestReceived(let id, let line):
            guard requestDrafts[id]?.arrived == nil else { break }
            arrivals.append(id)
            occurrences[line, default: 0] += 1
            requestDrafts[id, default: RequestDraft()].arrived = (line, occurrences[line, default: 1], mark)
            connectionDrafts[id.connection, default: ConnectionDraft()].requests.append(id)
        case .requestCompleted(let id, let bytes):
            requestDrafts[id, default: RequestDraft()].completed = (bytes, mark)
        case .decided(let id, let decision):
            requestDrafts[id, default: RequestDraft()].decision = (decision, mark)
        case .responseStarted(let id, let status):
            requestDrafts[id, default: RequestDraft()].answerStarted = (status, mark)
        case .responseCompleted(let id, let bytes):
            requestDrafts[id, default: RequestDraft()].answered = (bytes, mark)
        case .resetSent(let id, let record):
            requestDrafts[id, default: RequestDraft()].reset = (record, mark)
            connectionDrafts[id.connection, default: ConnectionDraft()].reset = (id, record, mark)
        case .resetCancelled(let id, _, let reason):
            requestDrafts[id, default: RequestDraft()].cancellation = reason
        case .acceptPaused, .acceptResumed, .faultArmed, .faultLifted, .linkDelayed, .linkEnded, .callStarted,
            .callEnded, .phaseStarted, .probeEvaluated, .note:
            break
        }
    }

    var requests: [RequestHistory] {
        arrivals.compactMap { id in
            guard let draft = requestDrafts[id], let arrived = draft.arrived else { return nil }
            let (fate, ended) = fate(of: id, draft, isOpaque: arrived.line.isOpaque)
            return RequestHistory(
                id: id, line: arrived.line, arrived: arrived.mark, occurrence: arrived.occurrence,
                completed: draft.completed?.mark, requestBytes: draft.completed?.bytes,
                decision: draft.decision?.value, decided: draft.decision?.mark,
                answerStarted: draft.answerStarted?.mark, status: draft.answerStarted?.status,
                responseBytes: draft.answered?.bytes, cancellation: draft.cancellation, fate: fate, ended: ended)
        }
    }

    var connections: [ConnectionHistory] {
        acceptances.compactMap { id in
            guard let draft = connectionDrafts[id], let accepted = draft.accepted else { return nil }
            let whole = requestDrafts[RequestID(connection: id, ordinal: 0)]
            return ConnectionHistory(
                id: id, peer: accepted.peer, accepted: accepted.mark, wireProtocol: draft.wireProtocol,
                upstreamConnected: draft.upstreamConnected, upstreamFailure: draft.upstreamFailure,
                requests: draft.requests, decision: whole?.decision?.value, reset: draft.reset?.record,
                resetRequest: draft.reset?.request, cancellation: whole?.cancellation, end: draft.end?.value,
                closed: draft.end?.mark)
        }
    }

    /// Settles what became of a request; the order of the questions is the order of certainty.
    private func fate(of id: RequestID, _ draft: RequestDraft, isOpaque: Bool) -> (Fate, Mark?) {
        if let reset = draft.reset { return (.reset(reset.record), reset.mark) }
        if let answered = draft.answered { return (.answered(status: draft.answerStarted?.status), answered.mark) }
        guard let connection = connectionDrafts[id.connection] else { return (.pending, nil) }
        if let reset = connection.reset {
            // No connection outlives an RST, so this holds before its end has been recorded.
            let isWhole = reset.request.ordinal == 0
            return (isWhole ? .reset(reset.record) : .lost(.collateral(of: reset.request)), reset.mark)
        }
        guard let end = connection.end else { return (.pending, nil) }
        if isOpaque, end.value.isOrderly, connection.upstreamFailure == nil { return (.carried, end.mark) }
        return (.lost(connection.upstreamFailure == nil ? Fate.Loss(end.value.by) : .upstream), end.mark)
    }
}

extension ConnectionEnd {
    /// Whether a peer ended the connection with FIN.
    fileprivate var isOrderly: Bool { how == .finished && (by == .client || by == .upstream) }
}

extension Fate.Loss {
    /// The loss that an end by a party means for a request that it did not aim at.
    fileprivate init(_ party: ConnectionEnd.Party) {
        switch party {
        case .client: self = .client
        case .upstream: self = .upstream
        case .fault: self = .collateral(of: nil)
        case .proxy: self = .proxy
        }
    }
}
