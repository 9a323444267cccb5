import Evidence
import FaultModel

/// One row of the table of requests: a request, or a connection that a fault ended as a whole.
struct TerminalRequest {
    let id: RequestID
    let time: Timestamp
    /// Method and target, or what stands for them.
    let title: String
    /// What the fault decided, with the ground of the choice.
    let choice: String
    /// What became of the request.
    let fate: (text: String, tone: TerminalTone)
    /// The reset, when there was one.
    let reset: ResetRecord?

    /// Every request of a record in order of arrival, and connections that were ended as a whole.
    static func all(in record: EventRecord) -> [TerminalRequest] {
        let connections = record.connections.filter { $0.decision?.selected ?? false }.map(TerminalRequest.init)
        return (record.requests.map(TerminalRequest.init) + connections).sorted { $0.time < $1.time }
    }

    private init(_ request: RequestHistory) {
        id = request.id
        time = request.arrived.time
        let asked = request.line.isOpaque ? "(unreadable bytes)" : "\(request.line.method) \(request.line.target)"
        // The same request again is what a retry looks like on the wire.
        title = request.occurrence > 1 ? "\(asked) (\(Self.ordinal(request.occurrence)))" : asked
        choice = Self.text(of: request.decision)
        reset = if case .reset(let record) = request.fate { record } else { nil }
        fate = Self.fate(of: request)
    }

    private init(_ connection: ConnectionHistory) {
        id = RequestID(connection: connection.id, ordinal: 0)
        time = connection.accepted.time
        title = "(connection)"
        choice = Self.text(of: connection.decision)
        reset = connection.resetRequest?.ordinal == 0 ? connection.reset : nil
        fate = reset == nil ? ("reset called off", .unsure) : ("reset", .bad)
    }

    private static func ordinal(_ number: Int) -> String {
        switch (number % 10, number % 100) {
        case (_, 11...13): "\(number)th"
        case (1, _): "\(number)st"
        case (2, _): "\(number)nd"
        case (3, _): "\(number)rd"
        default: "\(number)th"
        }
    }

    private static func text(of decision: Decision?) -> String {
        guard let decision else { return "–" }
        return "\(decision.selected ? "picked" : "spared") \(decision.key)"
    }

    private static func fate(of request: RequestHistory) -> (String, TerminalTone) {
        switch request.fate {
        case .answered(let status):
            let answer = status.map { "\($0)" } ?? "answer"
            return (request.responseBytes.map { "\(answer), \($0) bytes" } ?? answer, .plain)
        case .reset(let record):
            return (record.responseBytes == 0 ? "reset, no answer" : "reset after \(record.responseBytes) bytes", .bad)
        case .carried: return ("passed through", .plain)
        case .lost(.collateral): return ("lost with its connection", .bad)
        case .lost(.client): return ("client gone", .unsure)
        case .lost(.upstream): return ("upstream gone", .unsure)
        case .lost(.proxy): return ("open at the end", .unsure)
        case .pending: return ("unfinished", .unsure)
        }
    }

    /// The time from due to sent, in milliseconds.
    var lateness: String { reset.map { $0.lateness.milliseconds(places: 2) } ?? "" }
}
