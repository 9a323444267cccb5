/// Something the engine noticed on a connection, for the event log.
public enum Observation: Hashable, Sendable {
    /// The client's bytes are HTTP/1, or why they are not.
    case protocolRecognized(Unreadable?)
    /// The head of a request was received, or the first bytes of what cannot be read.
    case requestReceived(ordinal: Int, RequestHead)
    /// A request, or the connection (ordinal 0), was chosen or spared; `rule` chose it, or was the last to spare it.
    case decided(ordinal: Int, rule: ResetRule.ID, Choice)
    /// A request was received with its body.
    case requestCompleted(ordinal: Int, bytes: UInt64)
    /// The answer to a request began; the status is missing where the bytes cannot be read.
    case responseStarted(ordinal: Int, status: Int?)
    /// The answer to a request was received whole and may be passed on whole; a withheld one is not reported.
    case responseCompleted(ordinal: Int, bytes: UInt64)
    /// A pending reset will not happen.
    case resetCancelled(ordinal: Int, rule: ResetRule.ID, ResetCancelReason)
}

/// Why a pending reset will not happen.
public enum ResetCancelReason: Hashable, Sendable {
    /// Its rule is no longer armed.
    case ruleLifted
    /// The client went away first.
    case clientGone
}

/// How one side of a connection stopped sending.
public enum StreamEnd: Hashable, Sendable {
    /// With FIN; the other direction may go on.
    case finished
    /// With RST, or because the side could not be reached; nothing goes on.
    case reset
}
