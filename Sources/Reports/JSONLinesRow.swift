import Evidence
import FaultModel

/// The name of an event and its own fields, in the order in which they are written.
struct JSONLinesRow {
    enum Value {
        case number(Int64)
        case text(String)
        case flag(Bool)
    }

    private let event: JSONLinesEvent
    private var fields: [(JSONLinesField, Value)]

    // The label keeps facts and events with the same short name apart.
    private init(event: JSONLinesEvent, _ fields: [(JSONLinesField, Value)] = []) {
        self.event = event
        self.fields = fields
    }

    /// Events that a live reader was too slow for.
    init(missed ids: Range<Event.ID>) {
        self.init(
            event: .logMissed, [(.first, .number(Int64(ids.lowerBound))), (.last, .number(Int64(ids.upperBound) - 1))])
    }

    /// Declares every fact: its name and its fields stand here and nowhere else in the code.
    init(_ fact: Fact) {
        switch fact {
        case .connectionAccepted(let id, let peer):
            self.init(event: .connectionAccepted, Self.place(id) + [(.peer, .text(peer))])
        case .upstreamConnected(let id):
            self.init(event: .upstreamConnected, Self.place(id))
        case .upstreamFailed(let id, let reason):
            self.init(event: .upstreamFailed, Self.place(id) + [(.reason, .text(reason))])
        case .protocolRecognized(let id, let wireProtocol):
            self.init(event: .connectionRecognized, Self.place(id) + Self.fields(of: wireProtocol))
        case .requestReceived(let id, let line):
            self.init(event: .requestReceived, Self.place(id) + Self.fields(of: line))
        case .requestCompleted(let id, let bytes):
            self.init(event: .requestCompleted, Self.place(id) + [(.bytes, .number(bytes))])
        case .responseStarted(let id, let status):
            self.init(event: .responseStarted, Self.place(id) + (status.map { [(.status, .number(Int64($0)))] } ?? []))
        case .responseCompleted(let id, let bytes):
            self.init(event: .responseCompleted, Self.place(id) + [(.bytes, .number(bytes))])
        case .connectionClosed(let id, let end):
            self.init(event: .connectionClosed, Self.place(id) + Self.fields(of: end))
        case .acceptPaused(let reason):
            self.init(event: .acceptPaused, [(.reason, .text(reason))])
        case .acceptResumed:
            self.init(event: .acceptResumed)
        case .faultArmed(let fault):
            self.init(event: .faultArmed, [(.fault, .text(fault.text))])
        case .faultLifted(let fault):
            self.init(event: .faultLifted, [(.fault, .text(fault.text))])
        case .decided(let id, let decision):
            self.init(event: .faultDecided, Self.place(id) + Self.fields(of: decision))
        case .resetSent(let id, let reset):
            self.init(event: .resetSent, Self.place(id) + Self.fields(of: reset))
        case .resetCancelled(let id, let fault, let reason):
            self.init(
                event: .resetCancelled,
                Self.place(id) + [(.fault, .text(fault.text)), (.reason, .text(reason.rawValue))])
        case .linkDelayed(let id, let fault):
            self.init(event: .linkDelayed, Self.place(id) + [(.fault, .text(fault.text))])
        case .linkEnded(let fault, let record):
            self.init(event: .linkEnded, [(.fault, .text(fault.text))] + Self.fields(of: record))
        case .callStarted(let id):
            self.init(event: .callStarted, Self.place(id))
        case .callEnded(let id, let outcome):
            self.init(event: .callEnded, Self.place(id) + Self.fields(of: outcome))
        case .phaseStarted(let phase):
            self.init(event: .phaseStarted, [(.phase, .text(phase.rawValue))])
        case .probeEvaluated(let name, let mode, let passed, let detail):
            self.init(
                event: .probeEvaluated,
                [(.probe, .text(name)), (.mode, .text(mode)), (.passed, .flag(passed)), (.detail, .text(detail))])
        case .note(let text):
            self.init(event: .runNoted, [(.text, .text(text))])
        }
    }

    /// Writes the line of an event.
    func write(to writer: inout JSONWriter, id: Event.ID, time: Timestamp) {
        write(to: &writer, after: [(.id, .number(Int64(id))), (.time, .number(time.nanoseconds))])
    }

    /// Writes a line that is no event of the log and has neither id nor time.
    func write(to writer: inout JSONWriter) {
        write(to: &writer, after: [])
    }

    private func write(to writer: inout JSONWriter, after common: [(JSONLinesField, Value)]) {
        writer.object { line in
            for (field, value) in common + [(.event, .text(event.rawValue))] + fields {
                switch value {
                case .number(let number): line.member(field.rawValue, number)
                case .text(let text): line.member(field.rawValue, text)
                case .flag(let flag): line.member(field.rawValue, flag)
                }
            }
        }
    }
}

/// The fields that a part of a fact contributes.
extension JSONLinesRow {
    private typealias Fields = [(JSONLinesField, Value)]

    private static func place(_ id: ConnectionID) -> Fields {
        [(.connection, .number(Int64(id.number)))]
    }

    private static func place(_ id: RequestID) -> Fields {
        place(id.connection) + [(.request, .number(Int64(id.ordinal)))]
    }

    private static func place(_ id: CallID) -> Fields {
        [(.call, .number(Int64(id.number)))]
    }

    private static func fields(of wireProtocol: WireProtocol) -> Fields {
        switch wireProtocol {
        case .http1: [(.wireProtocol, .text("http1"))]
        case .http2: [(.wireProtocol, .text("http2"))]
        case .tls: [(.wireProtocol, .text("tls"))]
        case .opaque(let reason): [(.wireProtocol, .text("opaque")), (.reason, .text(reason))]
        }
    }

    private static func fields(of line: RequestLine) -> Fields {
        let common: Fields = [(.method, .text(line.method)), (.target, .text(line.target))]
        guard let hash = line.idempotencyKeyHash else { return common }
        let digits = String(hash, radix: 16)
        return common + [(.keyHash, .text(String(repeating: "0", count: 16 - digits.utf8.count) + digits))]
    }

    private static func fields(of end: ConnectionEnd) -> Fields {
        [
            (.by, .text(end.by.rawValue)), (.how, .text(end.how.rawValue)),
            (.bytesFromClient, .number(end.bytesFromClient)), (.bytesToClient, .number(end.bytesToClient)),
            (.bytesToUpstream, .number(end.bytesToUpstream)), (.bytesFromUpstream, .number(end.bytesFromUpstream)),
        ]
    }

    private static func fields(of decision: Decision) -> Fields {
        [
            (.fault, .text(decision.fault.text)), (.selected, .flag(decision.selected)), (.key, .text(decision.key)),
        ]
    }

    private static func fields(of reset: ResetRecord) -> Fields {
        [
            (.fault, .text(reset.fault.text)), (.lateness, .number(reset.lateness.wholeNanoseconds)),
            (.bytes, .number(reset.responseBytes)),
        ]
    }

    private static func fields(of record: ShapeRecord) -> Fields {
        [
            (.connections, .number(Int64(record.connections))), (.bytes, .number(record.bytes)),
            (.delayedBytes, .number(record.delayedBytes)), (.refusedBytes, .number(record.refusedBytes)),
            (.longestDelay, .number(record.longestDelay.wholeNanoseconds)), (.mostHeld, .number(record.mostHeld)),
            (.burst, .number(record.burst)),
        ]
    }

    private static func fields(of outcome: CallOutcome) -> Fields {
        switch outcome {
        case .returned(let text): [(.outcome, .text("returned")), (.detail, .text(text))]
        case .threw(let text): [(.outcome, .text("threw")), (.detail, .text(text))]
        case .overdue: [(.outcome, .text("overdue"))]
        }
    }
}
