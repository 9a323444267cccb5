import Evidence
import ResetPeer

extension Observation {
    /// The observation in the vocabulary of the event log.
    ///
    /// - Parameters:
    ///   - connection: The connection it was made on.
    ///   - proxyEnds: Whether resets are cancelled because the proxy ends.
    ///   - name: The name of a rule.
    /// - Returns: The fact.
    func fact(
        on connection: ConnectionID, proxyEnds: Bool, naming name: (ResetRule.ID) -> FaultName
    ) -> Fact {
        func request(_ ordinal: Int) -> RequestID { RequestID(connection: connection, ordinal: ordinal) }
        switch self {
        case .protocolRecognized(let unreadable):
            let recognized: WireProtocol =
                switch unreadable {
                case nil: .http1
                case .tls: .tls
                case .http2: .http2
                case .unexamined: .opaque(reason: "recognition is off")
                case .malformed(let why): .opaque(reason: why)
                }
            return .protocolRecognized(connection, recognized)
        case .requestReceived(let ordinal, let head):
            return .requestReceived(
                request(ordinal),
                RequestLine(method: head.method, target: head.target, idempotencyKeyHash: head.idempotencyKeyHash))
        case .decided(let ordinal, let rule, let choice):
            return .decided(
                request(ordinal),
                Decision(selected: choice.isSelected, fault: name(rule), key: choice.ground.description))
        case .requestCompleted(let ordinal, let bytes):
            return .requestCompleted(request(ordinal), bytes: Int64(clamping: bytes))
        case .responseStarted(let ordinal, let status):
            return .responseStarted(request(ordinal), status: status)
        case .responseCompleted(let ordinal, let bytes):
            return .responseCompleted(request(ordinal), bytes: Int64(clamping: bytes))
        case .resetCancelled(let ordinal, let rule, let reason):
            let cancellation: ResetCancellation =
                switch reason {
                case .ruleLifted: proxyEnds ? .proxyEnded : .faultLifted
                case .clientGone: .clientGone
                }
            return .resetCancelled(request(ordinal), fault: name(rule), reason: cancellation)
        }
    }
}
