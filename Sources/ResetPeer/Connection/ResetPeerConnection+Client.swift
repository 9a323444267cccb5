import FaultModel

extension ResetPeerConnection {
    /// Finds the requests in a chunk and decides them.
    mutating func readClient(_ bytes: ByteSlice, at now: Timestamp, _ choose: Choosing) {
        let base = clientReceived
        clientReceived += UInt64(bytes.count)
        guard isDecidable else { return }
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
            guard let mark = requests.advance(bytes, from: &index) else { break }
            switch mark {
            case .head(let head):
                if case .undetermined = reading {
                    reading = .http1
                    observations.append(.protocolRecognized(nil))
                }
                isRequestOpen = true
                begin(head, isOpaque: false, at: requests.requestStart)
                decideWaiting(at: now, choose)
            case .end:
                isRequestOpen = false
                completeLastRequest(endingAt: base + UInt64(index), now)
            case .unreadable(let why):
                becomeOpaque(why, beginningAt: requests.requestStart, now, choose)
                return
            }
        }
        guardHoldCapacity(at: now, choose)
    }

    mutating func clientEnded(_ end: StreamEnd, at now: Timestamp, _ choose: Choosing) {
        // A side that finished may still reset; the other way round is not possible.
        guard clientEnd == nil || clientEnd == .finished && end == .reset else { return }
        clientEnd = end
        guard afterReset == nil else { return }
        if end == .reset {
            cancelResets(.clientGone) { _ in true }
            forgetUnforwarded()
            return
        }
        if let start = partialStart {
            becomeOpaque(.malformed("an end inside a head"), beginningAt: start, now, choose)
        }
        // Nothing more of the request will come: for the fault it has been received.
        if let pending, pending.ordinal == requestsSeen { requestWasReceived(pending.ordinal, at: now) }
        cancelIfBothFinished()
    }

    /// From here on the bytes belong to one request; a request whose body turned unreadable is that one.
    ///
    /// - Parameters:
    ///   - why: Why requests can no longer be told apart.
    ///   - start: Where the bytes begin that belong to no request yet, or `nil` when there are none so far.
    ///   - now: The moment.
    ///   - choose: Decides about one request.
    mutating func becomeOpaque(
        _ why: Unreadable, beginningAt start: UInt64?, _ now: Timestamp, _ choose: Choosing
    ) {
        observations.append(.protocolRecognized(why))
        if isRequestOpen {
            reading = .opaque(counted: true)
            requestWasReceived(requestsSeen, at: now)
        } else if let start {
            beginOpaqueRequest(at: start, now, choose)
        } else {
            reading = .opaque(counted: false)
        }
    }

    /// The position from which bytes of a request line or head wait for the rest.
    var partialStart: UInt64? {
        if case .opaque = reading { return nil }
        return requests.isInsideHead ? requests.requestStart : nil
    }

    /// The position from which bytes are held because a rule may keep the request from the upstream.
    var heldPartialStart: UInt64? {
        guard let partialStart, isDecidable, rules.contains(where: mayKeepNextRequest) else { return nil }
        return partialStart
    }

    private func mayKeepNextRequest(_ rule: ResetRule) -> Bool {
        guard rule.disruption.forwarding == .never, rule.disruption.trigger != .connectionAccepted else { return false }
        return isSubject(to: rule) && (rule.disruption.unit == .request || !connectionRulesDecided.contains(rule.id))
    }

    /// What does not fit into the driver's hold cannot wait for its own end.
    mutating func guardHoldCapacity(at now: Timestamp, _ choose: Choosing) {
        if pending == nil, let start = heldPartialStart, clientReceived - start >= holdCapacity {
            becomeOpaque(.malformed("a head larger than can be held back"), beginningAt: start, now, choose)
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

    /// Drops the requests that the upstream was never given, for it never will be.
    mutating func forgetUnforwarded() {
        while !exchanges.isEmpty, exchanges.last.start >= passedToUpstream { exchanges.removeLast() }
        firstUndecided = exchanges.count
    }

    private mutating func completeLastRequest(endingAt end: UInt64, _ now: Timestamp) {
        guard !exchanges.isEmpty, exchanges.last.ordinal == requestsSeen else {
            // The answer was complete before the request was; the exchange is over.
            return
        }
        exchanges.last.end = end
        observations.append(.requestCompleted(ordinal: requestsSeen, bytes: end - exchanges.last.start))
        requestWasReceived(requestsSeen, at: now)
    }

    /// Whether what was observed on a request starts the timer of a reset.
    func startsTimer(_ pending: PendingReset, for ordinal: Int, by trigger: ResetTrigger) -> Bool {
        pending.ordinal == ordinal && pending.dueAt == nil && pending.trigger == trigger
    }

    mutating func requestWasReceived(_ ordinal: Int, at now: Timestamp) {
        guard let current = pending, startsTimer(current, for: ordinal, by: .requestComplete) else { return }
        pending?.dueAt = now + current.rule.disruption.delay
    }
}
