/// What can be observed: on the wire, of a fault, of a driven call, of a run.
///
/// The cases are the vocabulary of the JSON Lines schema; `Docs/event-log.md` lists their fields.
public enum Fact: Hashable, Sendable {
    // MARK: The wire

    /// A client's connection was accepted.
    case connectionAccepted(ConnectionID, peer: String)
    /// The upstream accepted the connection that belongs to a client's.
    case upstreamConnected(ConnectionID)
    /// The upstream could not be reached; `reason` says what was attempted and what the system answered.
    case upstreamFailed(ConnectionID, reason: String)
    /// What the bytes of a connection turned out to be; `opaque` names why they cannot be read as requests.
    case protocolRecognized(ConnectionID, WireProtocol)
    /// The head of a request was received, or the first bytes of a connection whose bytes cannot be read.
    case requestReceived(RequestID, RequestLine)
    /// A request was received with its body.
    case requestCompleted(RequestID, bytes: Int64)
    /// The answer to a request began.
    case responseStarted(RequestID, status: Int?)
    /// The answer to a request was received whole from the upstream and passed on.
    case responseCompleted(RequestID, bytes: Int64)
    /// A connection ended.
    case connectionClosed(ConnectionID, ConnectionEnd)
    /// The proxy stopped accepting, because the system is out of descriptors or memory; clients wait in the backlog.
    case acceptPaused(reason: String)
    /// The proxy accepts again.
    case acceptResumed

    // MARK: Faults

    /// A fault took effect; everything after it is decided by it.
    case faultArmed(FaultName)
    /// A fault was lifted.
    case faultLifted(FaultName)
    /// A request, or a whole connection when `request` has ordinal 0, was picked or spared.
    case decided(RequestID, Decision)
    /// An RST was sent to the client.
    case resetSent(RequestID, ResetRecord)
    /// A pending reset did not happen.
    case resetCancelled(RequestID, fault: FaultName, reason: ResetCancellation)
    /// Bytes to the client of this connection had to wait at a shaped link, for the first time since the fault was armed.
    case linkDelayed(ConnectionID, fault: FaultName)
    /// A shaped link is no more; this is what it did since its fault was armed.
    // Indirect, as it is large and rare: a log keeps millions of the others.
    indirect case linkEnded(FaultName, ShapeRecord)

    // MARK: The run

    /// The driver of the workload started a call.
    case callStarted(CallID)
    /// A driven call ended.
    case callEnded(CallID, CallOutcome)
    /// A phase of an experiment began.
    case phaseStarted(Phase)
    /// A probe was evaluated.
    case probeEvaluated(name: String, mode: String, passed: Bool, detail: String)
    /// Something a reader should know.
    case note(String)
}
