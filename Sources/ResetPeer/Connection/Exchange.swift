import FaultModel

/// A request that waits for its answer.
struct Exchange: Sendable {
    let ordinal: Int
    let head: RequestHead
    let isOpaque: Bool
    let start: UInt64
    /// The position behind the request, once it is known.
    var end: UInt64?
    /// Whether the rules have been asked; requests behind a selected one wait with that.
    var isDecided = false
    /// The position of the first byte of the answer, once it came.
    var responseStart: UInt64?
    /// Whether the answer itself, not only an interim one, has begun.
    var isAnswered = false

    var isComplete: Bool { end != nil }

    var kind: ResponseRecognizer.RequestKind {
        switch head.method {
        case "HEAD": .head
        case "CONNECT": .connect
        default: .other
        }
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
    /// The position of the first byte of the answer that is withheld, once the answer is next.
    var withheldFrom: UInt64?
}
