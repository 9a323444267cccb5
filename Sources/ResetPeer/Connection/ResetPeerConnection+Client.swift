import FaultModel

extension ResetPeerConnection {
    /// Finds the requests in a chunk and decides them.
    mutating func readClient(_ bytes: UnsafeRawBufferPointer, at now: Timestamp, _ choose: Choosing) {
        let base = clientReceived
        clientReceived += UInt64(bytes.count)
        guard afterReset == nil else { return }
        switch reading {
        case .opaque(counted: true):
            return
        case .opaque(counted: false):
            beginOpaqueRequest(at: base, now, choose)
            return
        case .undetermined, .http1:
            break
        }
        var index = 0
        while true {
            if requests.isBetweenRequests { partialStart = base + UInt64(index) }
            guard let mark = requests.advance(bytes, from: &index) else { break }
            switch mark {
            case .head(let head):
                if case .undetermined = reading {
                    reading = .http1
                    observations.append(.protocolRecognized(nil))
                }
                begin(head, isOpaque: false, at: partialStart)
                decideWaiting(at: now, choose)
            case .end:
                completeLastRequest(endingAt: base + UInt64(index), now)
            case .unreadable(let why):
                becomeOpaque(why, at: base + UInt64(index), now, choose)
                return
            }
        }
        guardHoldCapacity(at: now, choose)
    }

    mutating func clientEnded(_ end: StreamEnd, at now: Timestamp, _ choose: Choosing) {
        guard clientEnd == nil else { return }
        clientEnd = end
        guard afterReset == nil else { return }
        if end == .reset {
            cancelResets(.clientGone) { _ in true }
            return
        }
        if hasPartialRequest { becomeOpaque(.malformed("an end inside a head"), at: clientReceived, now, choose) }
        // Nothing more of the request will come: for the fault it has been received.
        if let pending, pending.ordinal == requestsSeen { requestWasReceived(pending.ordinal, at: now) }
    }

    /// From here on the bytes belong to one request; a request whose body turned unreadable is that one.
    mutating func becomeOpaque(_ why: Unreadable, at position: UInt64, _ now: Timestamp, _ choose: Choosing) {
        observations.append(.protocolRecognized(why))
        if requestsSeen > 0, !exchanges.isEmpty, !exchanges[exchanges.count - 1].isComplete {
            reading = .opaque(counted: true)
            requestWasReceived(requestsSeen, at: now)
            return
        }
        reading = .opaque(counted: false)
        if position > partialStart { beginOpaqueRequest(at: partialStart, now, choose) }
    }

    /// Whether bytes of a request line or head wait for the rest.
    private var hasPartialRequest: Bool {
        if case .opaque = reading { return false }
        return requests.isInsideHead
    }

    /// The position from which bytes are held because a rule may keep the request from the upstream.
    var heldPartialStart: UInt64? {
        guard hasPartialRequest, rules.contains(where: { $0.disruption.forwarding == .never }) else { return nil }
        return partialStart
    }

    /// What does not fit into the driver's hold cannot wait for its own end.
    private mutating func guardHoldCapacity(at now: Timestamp, _ choose: Choosing) {
        if let start = heldPartialStart, clientReceived - start >= holdCapacity {
            becomeOpaque(.malformed("a head larger than can be held back"), at: clientReceived, now, choose)
        }
        guard let pending, pending.rule.disruption.forwarding == .never, let exchange = selectedExchange,
            !exchange.isComplete, clientReceived - exchange.start >= holdCapacity
        else { return }
        requestWasReceived(pending.ordinal, at: now)
    }

    private mutating func begin(_ head: RequestHead, isOpaque: Bool, at start: UInt64) {
        requestsSeen += 1
        exchanges.append(Exchange(ordinal: requestsSeen, head: head, isOpaque: isOpaque, start: start))
        observations.append(.requestReceived(ordinal: requestsSeen, head))
    }

    private mutating func beginOpaqueRequest(at start: UInt64, _ now: Timestamp, _ choose: Choosing) {
        reading = .opaque(counted: true)
        begin(.opaque, isOpaque: true, at: start)
        decideWaiting(at: now, choose)
        requestWasReceived(requestsSeen, at: now)
    }

    private mutating func completeLastRequest(endingAt end: UInt64, _ now: Timestamp) {
        guard !exchanges.isEmpty, exchanges[exchanges.count - 1].ordinal == requestsSeen else {
            // The answer was complete before the request was; the exchange is over.
            return
        }
        let last = exchanges.count - 1
        exchanges[last].end = end
        observations.append(.requestCompleted(ordinal: requestsSeen, bytes: end - exchanges[last].start))
        requestWasReceived(requestsSeen, at: now)
    }

    /// Starts the timer of a selected request that counts from its end.
    func startsTimer(_ pending: PendingReset, for ordinal: Int, by trigger: ResetTrigger) -> Bool {
        pending.ordinal == ordinal && pending.dueAt == nil && pending.rule.disruption.trigger == trigger
    }

    mutating func requestWasReceived(_ ordinal: Int, at now: Timestamp) {
        guard let current = pending, startsTimer(current, for: ordinal, by: .requestComplete) else { return }
        pending?.dueAt = now + current.rule.disruption.delay
    }
}
