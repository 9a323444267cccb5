import FaultModel

/// A request that waits for its answer.
struct Exchange: Sendable {
    let ordinal: Int
    let fingerprint: RequestFingerprint
    /// What of the request decides how its answer is framed.
    let kind: ResponseRecognizer.RequestKind
    let isOpaque: Bool
    let start: UInt64
    /// The position behind the request, once it is known.
    var end: UInt64?
    /// The position of the first byte of the answer, once it came.
    var responseStart: UInt64?
    /// Whether the answer itself, not only an interim one, has begun.
    var isAnswered = false

    /// Stands where no request is.
    static var none: Exchange { Exchange(ordinal: -1, head: .opaque, isOpaque: true, start: 0) }

    init(ordinal: Int, head: RequestHead, isOpaque: Bool, start: UInt64) {
        self.ordinal = ordinal
        fingerprint = head.fingerprint
        kind =
            switch head.method {
            case "HEAD": .head
            case "CONNECT": .connect
            default: .other
            }
        self.isOpaque = isOpaque
        self.start = start
    }

    var isComplete: Bool { if case .some = end { true } else { false } }

    /// Whether the upstream has the whole request when it was given so many bytes; an opaque one has no end of its own.
    func isWhole(withBytes passed: UInt64, of received: UInt64) -> Bool {
        if isOpaque { return passed == received }
        return end.map { $0 <= passed } ?? false
    }
}

/// A reset that has been decided and not yet carried out.
struct PendingReset: Sendable {
    /// The place of the request on the connection, or 0 for the connection itself.
    let ordinal: Int
    let rule: ResetRule
    /// The moment at which the timer runs out, once it runs.
    var dueAt: Timestamp?
    /// The moment at which the last obstacle went away.
    var readyAt: Timestamp?
    /// The position up to which the client is given what came before the reset of its connection fell due.
    var cutAt: UInt64?
    /// Answers that ended behind it: whether they are passed on whole shows when the reset is sent or called off.
    var answersBehindCut: [Observation] = []
    /// The position of the first byte of the answer that is withheld, once the answer is next.
    var withheldFrom: UInt64?

    /// A request that the upstream never sees gets no answer to wait for, so what counts from its answer counts from its
    /// own end, and there is no part of an answer to pass on.
    var trigger: ResetTrigger {
        let disruption = rule.disruption
        return disruption.forwarding == .never && disruption.trigger == .firstResponseByte
            ? .requestComplete : disruption.trigger
    }

    /// Bytes of the answer that reach the client.
    var responsePrefix: UInt64 {
        rule.disruption.forwarding == .never ? 0 : UInt64(rule.disruption.responsePrefix)
    }
}
