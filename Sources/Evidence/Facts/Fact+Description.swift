import FaultModel

extension Fact: CustomStringConvertible {
    /// The fact in a few words, for whoever follows a log by eye; programs read the fields, or JSON Lines.
    public var description: String {
        switch self {
        case .connectionAccepted(let connection, let peer): "\(connection) accepted from \(peer)"
        case .upstreamConnected(let connection): "\(connection) has its upstream"
        case .upstreamFailed(let connection, let reason): "\(connection) has no upstream: \(reason)"
        case .protocolRecognized(let connection, let wireProtocol): "\(connection) is \(wireProtocol)"
        case .requestReceived(let request, let line): "\(request) \(line)"
        case .requestCompleted(let request, let bytes): "\(request) received whole, \(bytes) bytes"
        case .responseStarted(let request, let status):
            "\(request) answer began" + (status.map { ", status \($0)" } ?? "")
        case .responseCompleted(let request, let bytes): "\(request) answered, \(bytes) bytes"
        case .connectionClosed(let connection, let end):
            "\(connection) \(end.how.rawValue) by \(end.by.rawValue)"
        case .acceptPaused(let reason): "accepting paused: \(reason)"
        case .acceptResumed: "accepting resumed"
        case .faultArmed(let fault): "\(fault) armed"
        case .faultLifted(let fault): "\(fault) lifted"
        case .decided(let request, let decision):
            "\(request) \(decision.selected ? "picked" : "spared") by \(decision.fault), \(decision.key)"
        case .resetSent(let request, let record):
            "\(request) reset by \(record.fault), \(Wording.length(record.lateness)) late, after \(record.responseBytes) bytes of its answer"
        case .resetCancelled(let request, let fault, let reason):
            "\(request) not reset by \(fault): \(reason.rawValue)"
        case .linkDelayed(let connection, let fault): "\(connection) delayed by \(fault)"
        case .linkEnded(let fault, let record):
            "\(fault) passed \(record.bytes) bytes, "
                + (record.delayedBytes == 0
                    ? "none waited"
                    : "\(record.delayedBytes) waited, up to \(Wording.length(record.longestDelay))")
        case .callStarted(let call): "\(call) started"
        case .callEnded(let call, let outcome): "\(call) \(outcome)"
        case .phaseStarted(let phase): "phase \(phase.rawValue)"
        case .probeEvaluated(let name, let mode, let passed, let detail):
            "probe \(name) (\(mode)) \(passed ? "passed" : "failed")" + (detail.isEmpty ? "" : ": \(detail)")
        case .note(let text): text
        }
    }
}

extension RequestLine: CustomStringConvertible {
    /// Method and target, as in `GET /price`.
    public var description: String { isOpaque ? "(unreadable bytes)" : "\(method) \(target.printable(limit: .max))" }
}

extension WireProtocol: CustomStringConvertible {
    /// The name of the protocol, or why the bytes cannot be read.
    public var description: String {
        switch self {
        case .http1: "HTTP/1"
        case .http2: "HTTP/2, which counts as one request"
        case .tls: "TLS, which counts as one request"
        case .opaque(let reason): "not HTTP/1 from here on: \(reason)"
        }
    }
}

extension CallOutcome: CustomStringConvertible {
    /// What the caller was told.
    public var description: String {
        switch self {
        case .returned(let text): text.isEmpty ? "returned" : "returned \(text)"
        case .threw(let text): "threw \(text)"
        case .overdue: "overdue"
        }
    }
}

extension Event: CustomStringConvertible {
    /// Number, moment and fact in one line, as in `12. 0.105409 s  #3.1 GET /price`.
    public var description: String { "\(id). \(time)  \(fact)" }
}

extension LiveEvent: CustomStringConvertible {
    /// The event, or how many were missed.
    public var description: String {
        switch self {
        case .event(let event): event.description
        case .missed(let ids): "(\(ids.count) events missed)"
        }
    }
}
