import FaultModel

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

/// The name by which a fault is armed, reported and lifted.
public struct FaultName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text of the name, as in `pod-http-reset-peer`.
    public let text: String

    /// Creates a name.
    ///
    /// - Parameter text: The text of the name.
    public init(_ text: String) { self.text = text }

    /// Creates a name from a literal.
    ///
    /// - Parameter value: The text of the name.
    public init(stringLiteral value: String) { self.text = value }

    /// The text of the name.
    public var description: String { text }
}

/// What the bytes of a connection are.
public enum WireProtocol: Hashable, Sendable {
    /// HTTP/1.0 or HTTP/1.1 requests.
    case http1
    /// HTTP/2 with prior knowledge; its streams are not told apart, the connection counts as one request.
    case http2
    /// A TLS handshake; the connection counts as one request.
    case tls
    /// Anything else; the connection, from here on, counts as one request. The text says what was not understood.
    case opaque(reason: String)
}

/// What identifies a request to a reader and to a keyed draw.
public struct RequestLine: Hashable, Sendable {
    /// The method, or an empty text for bytes that cannot be read.
    public let method: String
    /// The target as sent, cut after 1,024 bytes.
    public let target: String
    /// A hash of the `Idempotency-Key` field, when there is one; the key itself may be a secret and is not kept.
    public let idempotencyKeyHash: UInt64?

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - method: The method, or an empty text for bytes that cannot be read.
    ///   - target: The target as sent, cut after 1,024 bytes.
    ///   - idempotencyKeyHash: A hash of the `Idempotency-Key` field.
    public init(method: String, target: String, idempotencyKeyHash: UInt64? = nil) {
        self.method = method
        self.target = target
        self.idempotencyKeyHash = idempotencyKeyHash
    }
}

/// A choice: was the request picked, by which fault, and on what ground.
public struct Decision: Hashable, Sendable {
    /// Whether the request ends in a reset.
    public let selected: Bool
    /// The fault that decided: the one that picked the request, or the last one that spared it.
    public let fault: FaultName
    /// The ground of the choice, enough to repeat it: position and block, fingerprint and occurrence, or ordinal.
    public let key: String

    /// Describes a choice.
    ///
    /// - Parameters:
    ///   - selected: Whether the request ends in a reset.
    ///   - fault: The fault that decided.
    ///   - key: The ground of the choice.
    public init(selected: Bool, fault: FaultName, key: String) {
        self.selected = selected
        self.fault = fault
        self.key = key
    }
}

/// An RST that was sent.
public struct ResetRecord: Hashable, Sendable {
    /// The fault that asked for it.
    public let fault: FaultName
    /// The time from the moment at which the reset was due to the moment at which it was sent.
    public let lateness: Duration
    /// Bytes of the selected answer that had been passed on before.
    public let responseBytes: Int64

    /// Describes an RST.
    ///
    /// - Parameters:
    ///   - fault: The fault that asked for it.
    ///   - lateness: The time from due to sent.
    ///   - responseBytes: Bytes of the selected answer that had been passed on before.
    public init(fault: FaultName, lateness: Duration, responseBytes: Int64) {
        self.fault = fault
        self.lateness = lateness
        self.responseBytes = responseBytes
    }
}

/// Why a pending reset did not happen.
public enum ResetCancellation: String, Hashable, Sendable, CaseIterable {
    /// The fault was lifted or replaced.
    case faultLifted
    /// The client went away first.
    case clientGone
    /// The proxy ended.
    case proxyEnded
}

/// How a connection ended, seen from the proxy.
public struct ConnectionEnd: Hashable, Sendable {
    /// The party that ended it.
    public let by: Party
    /// The form the end took.
    public let how: Form
    /// Bytes received from the client.
    public let bytesFromClient: Int64
    /// Bytes sent to the client.
    public let bytesToClient: Int64
    /// Bytes sent to the upstream.
    public let bytesToUpstream: Int64
    /// Bytes received from the upstream.
    public let bytesFromUpstream: Int64

    /// Describes an end.
    ///
    /// - Parameters:
    ///   - by: The party that ended it.
    ///   - how: The form the end took.
    ///   - bytesFromClient: Bytes received from the client.
    ///   - bytesToClient: Bytes sent to the client.
    ///   - bytesToUpstream: Bytes sent to the upstream.
    ///   - bytesFromUpstream: Bytes received from the upstream.
    public init(
        by: Party, how: Form, bytesFromClient: Int64, bytesToClient: Int64, bytesToUpstream: Int64,
        bytesFromUpstream: Int64
    ) {
        self.by = by
        self.how = how
        self.bytesFromClient = bytesFromClient
        self.bytesToClient = bytesToClient
        self.bytesToUpstream = bytesToUpstream
        self.bytesFromUpstream = bytesFromUpstream
    }

    /// A party to a connection.
    public enum Party: String, Hashable, Sendable, CaseIterable {
        /// The client.
        case client
        /// The upstream.
        case upstream
        /// A fault.
        case fault
        /// The proxy itself, when it ended or when a peer stayed silent too long.
        case proxy
    }

    /// The form of an end.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// Both sides finished with FIN.
        case finished
        /// A TCP RST.
        case reset
    }
}

/// The number of a driven call within a log, counted from 1.
public struct CallID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, from 1.
    public let number: Int

    /// Creates an identifier.
    ///
    /// - Parameter number: The number, from 1.
    public init(_ number: Int) { self.number = number }

    /// Whether the first call was started before the second.
    public static func < (earlier: CallID, later: CallID) -> Bool { earlier.number < later.number }

    /// The number after the word, as in `call 7`.
    public var description: String { "call \(number)" }
}

/// What the caller of a driven call was told.
public enum CallOutcome: Hashable, Sendable {
    /// The call returned; the text is what the driver made of the result.
    case returned(String)
    /// The call threw; the text describes the error.
    case threw(String)
    /// The call had not ended when the workload's time was over, and was cancelled.
    case overdue
}

/// A phase of a run, in the order in which they are entered.
public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// The steady state is checked before anything changes.
    case steadyStateBefore
    /// The wait before the faults.
    case rampBefore
    /// The faults are armed.
    case inject
    /// The workload runs under the faults.
    case hold
    /// The faults are lifted, and the lifting is verified.
    case undo
    /// The wait after the faults.
    case rampAfter
    /// The steady state is checked again.
    case steadyStateAfter
    /// Expectations are evaluated.
    case evaluate
}
