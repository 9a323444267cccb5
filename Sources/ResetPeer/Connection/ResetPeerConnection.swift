public import FaultModel

/// The reset-peer engine for one connection: bytes, ends and moments in; limits, deadlines and resets out.
///
/// It owns no socket, reads no clock and draws nothing, so it runs on any event loop and is tested without one. After
/// each event the driver follows the ``Directive`` it got, and moves ``takeObservations()`` to its log.
///
/// ```swift
/// var connection = ResetPeerConnection(acceptedAt: now)
/// var directive = connection.open(under: rules, at: now, choosing: choose)
/// directive = connection.received(bytes, from: .client, at: now, choosing: choose)
/// ```
///
/// A request is decided when its head is complete. From then on its connection ends in a reset: what was asked later on
/// the same connection is held and not decided, so that a lifted fault can let it go on as if nothing had been. Answers
/// owed before the selected request still reach the client; the reset waits for them.
public struct ResetPeerConnection: Sendable {
    /// A side of the connection.
    public enum Side: Hashable, Sendable {
        /// The side that asked.
        case client
        /// The side that answers.
        case upstream

        /// The side across.
        package var other: Side { self == .client ? .upstream : .client }
    }

    /// Asks for the choice of one rule about one request; see ``Chooser/choose(_:under:)``.
    public typealias Choosing = (_ rule: ResetRule, _ fingerprint: RequestFingerprint) -> Choice

    /// Requests waiting for an answer beyond which no more client bytes are asked for.
    public static let mostWaitingRequests: Int = 128

    let acceptedAt: Timestamp
    let holdCapacity: UInt64
    var rules: [ResetRule] = []
    var connectionRulesDecided: [ResetRule.ID] = []

    var reading = Reading.undetermined
    var requests = RequestRecognizer()
    var responses = ResponseRecognizer()
    var responsesAreReadable = true
    var exchanges = ExchangeQueue()
    var requestsSeen = 0
    /// Whether the head of the last request was read and its end was not.
    var isRequestOpen = false
    var firstUndecided = 0

    var clientReceived: UInt64 = 0
    var upstreamReceived: UInt64 = 0
    /// Bytes received and allowed on: no later limit takes them back.
    var passedToUpstream: UInt64 = 0
    var passedToClient: UInt64 = 0
    var clientEnd: StreamEnd?
    var upstreamEnd: StreamEnd?

    /// The reset of a selected request.
    var pending: PendingReset?
    /// The reset of the connection as such.
    var connectionReset: PendingReset?
    /// The position behind the answer to the selected request, once it came.
    var selectedAnswerEnd: UInt64?
    var afterReset: UpstreamFate?
    var observations: [Observation] = []

    /// How the client's bytes are understood.
    enum Reading: Sendable {
        /// Nothing has been recognized yet.
        case undetermined
        /// Requests are told apart.
        case http1
        /// Everything from here on belongs to one request.
        case opaque(counted: Bool)
    }

    /// Creates the engine for a connection that was just accepted.
    ///
    /// - Parameters:
    ///   - acceptedAt: The moment of acceptance.
    ///   - holdCapacity: Bytes per direction that the driver can hold back, at least 1. A request that is not to be
    ///     forwarded and does not fit counts as received when the capacity is reached.
    ///   - recognition: What of the bytes is read.
    public init(acceptedAt: Timestamp, holdCapacity: Int = 64 * 1024, recognition: Recognition = .http1) {
        precondition(holdCapacity > 0, "a driver that holds nothing back cannot withhold an answer")
        self.acceptedAt = acceptedAt
        self.holdCapacity = UInt64(holdCapacity)
        if recognition == .off { reading = .opaque(counted: false) }
    }

    /// Whether something was noticed since the last call of ``takeObservations()``.
    public var hasObservations: Bool { !observations.isEmpty }

    /// Hands over what was noticed since the last call.
    public mutating func takeObservations() -> [Observation] {
        guard !observations.isEmpty else { return [] }
        let noticed = observations
        observations = []
        return noticed
    }

    // MARK: Events

    /// The connection was accepted under rules that may already be armed.
    ///
    /// - Parameters:
    ///   - rules: The armed rules, in order.
    ///   - now: The moment.
    ///   - choose: Decides about one request or connection.
    /// - Returns: What to do until the next event.
    public mutating func open(
        under rules: [ResetRule], at now: Timestamp, choosing choose: Choosing
    ) -> Directive {
        self.rules = rules
        if case .opaque = reading { observations.append(.protocolRecognized(.unexamined)) }
        chooseConnection(choose)
        return directive(at: now)
    }

    /// Rules were armed, changed or lifted while the connection lives.
    ///
    /// A pending reset whose rule is gone is cancelled at once, and requests that waited behind it are decided.
    ///
    /// - Parameters:
    ///   - rules: The rules that are armed now, in order.
    ///   - now: The moment.
    ///   - choose: Decides about one request or connection.
    /// - Returns: What to do until the next event.
    public mutating func rulesChanged(
        to rules: [ResetRule], at now: Timestamp, choosing choose: Choosing
    ) -> Directive {
        self.rules = rules
        connectionRulesDecided.removeAll { id in !rules.contains { $0.id == id } }
        guard isDecidable else { return directive(at: now) }
        cancelResets(.ruleLifted) { rule in !rules.contains { $0.id == rule.id } }
        chooseConnection(choose)
        decideWaiting(at: now, choose)
        guardHoldCapacity(at: now, choose)
        return directive(at: now)
    }

    /// Bytes came from one side.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, in order and without gaps.
    ///   - side: The side that sent them.
    ///   - now: The moment.
    ///   - choose: Decides about one request or connection.
    /// - Returns: What to do until the next event.
    public mutating func received(
        _ bytes: RawSpan, from side: Side, at now: Timestamp, choosing choose: Choosing
    ) -> Directive {
        bytes.withUnsafeBytes { read($0, from: side, at: now, choose) }
        return directive(at: now)
    }

    /// Bytes came from one side; what is noticed goes to the driver's own memory.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, in order and without gaps.
    ///   - side: The side that sent them.
    ///   - now: The moment.
    ///   - choose: Decides about one request or connection.
    ///   - notebook: Takes what is noticed, behind what it holds; a connection then keeps no memory for it.
    /// - Returns: What to do until the next event.
    package mutating func received(
        _ bytes: UnsafeRawBufferPointer, from side: Side, at now: Timestamp, choosing choose: Choosing,
        noting notebook: inout [Observation]
    ) -> Directive {
        swap(&notebook, &observations)
        read(bytes, from: side, at: now, choose)
        swap(&notebook, &observations)
        return directive(at: now)
    }

    private mutating func read(
        _ bytes: UnsafeRawBufferPointer, from side: Side, at now: Timestamp, _ choose: Choosing
    ) {
        guard bytes.count > 0 else { return }
        let bytes = ByteSlice(bytes)
        switch side {
        case .client: readClient(bytes, at: now, choose)
        case .upstream: readUpstream(bytes, at: now, choose)
        }
    }

    /// One side stopped sending, or could not be reached.
    ///
    /// - Parameters:
    ///   - side: The side.
    ///   - end: How it stopped.
    ///   - now: The moment.
    ///   - choose: Decides about one request or connection.
    /// - Returns: What to do until the next event.
    public mutating func ended(
        _ side: Side, _ end: StreamEnd, at now: Timestamp, choosing choose: Choosing
    ) -> Directive {
        switch side {
        case .client: clientEnded(end, at: now, choose)
        case .upstream: upstreamEnded(end, at: now)
        }
        return directive(at: now)
    }

    /// The moment asked for by ``Directive/wakeAt`` has come.
    ///
    /// - Parameter now: The moment; an early call does no harm.
    /// - Returns: What to do until the next event.
    public mutating func timePassed(at now: Timestamp) -> Directive {
        directive(at: now)
    }

    /// The reset that was ordered has been sent.
    ///
    /// From here on nothing more goes to the upstream than was allowed before.
    ///
    /// - Parameters:
    ///   - order: The order that was carried out.
    ///   - now: The moment.
    /// - Returns: What to do with the upstream: ``Directive/upstreamIsDone`` tells when it is no longer needed.
    public mutating func resetSent(_ order: ResetOrder, at now: Timestamp) -> Directive {
        guard afterReset == nil else { return directive(at: now) }
        if selectedAnswerEnd != nil { exchanges.removeFirst() }
        forgetUnforwarded()
        // An upstream cannot finish what the client can no longer send.
        let canFinish = exchanges.isEmpty || exchanges.last.isWhole(withBytes: passedToUpstream, of: clientReceived)
        afterReset = order.upstreamFate == .finish && !canFinish ? .close : order.upstreamFate
        pending = nil
        connectionReset = nil
        selectedAnswerEnd = nil
        return directive(at: now)
    }

    /// Whether anybody is there for whom a request could still be decided.
    var isDecidable: Bool { afterReset == nil && clientEnd != .reset }
}
