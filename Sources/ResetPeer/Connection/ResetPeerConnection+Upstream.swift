import FaultModel

extension ResetPeerConnection {
    /// Finds the answers in a chunk, to know which of its bytes belong to a selected request.
    mutating func readUpstream(_ bytes: ByteSlice, at now: Timestamp, _ choose: Choosing) {
        let base = upstreamReceived
        upstreamReceived += UInt64(bytes.count)
        var index = 0
        while index < bytes.count {
            guard !exchanges.isEmpty, case .none = selectedAnswerEnd else {
                if isDecidable { spokeUnasked(at: now, choose) }
                return
            }
            if case .none = exchanges.front.responseStart { exchanges.front.responseStart = base + UInt64(index) }
            guard !exchanges.front.isOpaque, responsesAreReadable else {
                answerBegan(status: nil, at: now)
                return
            }
            guard let mark = responses.advance(bytes, from: &index, answering: exchanges.front.kind) else { return }
            let position = base + UInt64(index)
            switch mark {
            case .status(let status):
                if status >= 200 || status == 101 { answerBegan(status: status, at: now) }
            case .interimEnd:
                // The client may wait for `100 Continue` before it sends the rest of a request that counts when it is
                // complete.
                if !exchanges.front.isComplete, pending?.ordinal == exchanges.front.ordinal {
                    pending?.withheldFrom = position
                }
                exchanges.front.responseStart = position
            case .end:
                finishFirstExchange(at: position, now)
            case .switched:
                answersBecomeUnreadable(from: position, at: now)
            case .unreadable(let why):
                if case .opaque = reading {} else { observations.append(.protocolRecognized(.malformed(why))) }
                answersBecomeUnreadable(from: position, at: now)
                answerBegan(status: nil, at: now)
            }
        }
    }

    mutating func upstreamEnded(_ end: StreamEnd, at now: Timestamp) {
        guard upstreamEnd == nil else { return }
        upstreamEnd = end
        cancelIfBothFinished()
        if end == .finished, !exchanges.isEmpty, exchanges.front.isAnswered, selectedAnswerEnd == nil,
            exchanges.front.isOpaque || !responsesAreReadable || responses.endsWithConnection
        {
            finishFirstExchange(at: upstreamReceived, now)
        }
        // No answer will begin any more: whatever the timer waited for, this is it.
        if let current = pending, current.dueAt == nil { pending?.dueAt = now + current.rule.disruption.delay }
    }

    /// The upstream sent something although nothing was asked: requests can no longer be told from answers.
    ///
    /// So do protocols in which the server greets, and HTTP servers that announce a timeout.
    private mutating func spokeUnasked(at now: Timestamp, _ choose: Choosing) {
        if case .opaque = reading { return }
        responsesAreReadable = false
        becomeOpaque(.malformed("an upstream that speaks unasked"), beginningAt: partialStart, now, choose)
    }

    /// From here on everything belongs to the exchange in front.
    ///
    /// Requests that came after it could not be told from its bytes, and no answer would ever take them off the list.
    private mutating func answersBecomeUnreadable(from position: UInt64, at now: Timestamp) {
        responsesAreReadable = false
        reading = .opaque(counted: true)
        // The answers owed before the selected one can no longer be told from it, and its first byte is never seen.
        guard let current = pending, current.withheldFrom == nil else { return }
        pending?.withheldFrom = position
        if startsTimer(current, for: current.ordinal, by: .firstResponseByte) {
            pending?.dueAt = now + current.rule.disruption.delay
        }
    }

    private mutating func answerBegan(status: Int?, at now: Timestamp) {
        guard !exchanges.front.isAnswered else { return }
        exchanges.front.isAnswered = true
        let ordinal = exchanges.front.ordinal
        observations.append(.responseStarted(ordinal: ordinal, status: status))
        guard let current = pending else { return }
        if startsTimer(current, for: ordinal, by: .firstResponseByte) {
            pending?.dueAt = now + current.rule.disruption.delay
        }
        // An upstream that answers before it has read the request has received all it wants.
        requestWasReceived(ordinal, at: now)
    }

    private mutating func finishFirstExchange(at position: UInt64, _ now: Timestamp) {
        if pending?.ordinal == exchanges.front.ordinal {
            // The selected exchange stays in front: its answer is what the reset withholds.
            selectedAnswerEnd = selectedAnswerEnd ?? position
            return
        }
        // What comes after the reset reaches nobody.
        if afterReset == nil { noteAnswer(endingAt: position) }
        exchanges.removeFirst()
        if firstUndecided > 0 { firstUndecided -= 1 }
        withholdIfNext(from: position)
    }

    /// Notes that the first waiting request was answered.
    mutating func noteAnswer(endingAt position: UInt64) {
        let answer = Observation.responseCompleted(
            ordinal: exchanges.front.ordinal, bytes: position - (exchanges.front.responseStart ?? position))
        if let cut = connectionReset?.cutAt, position > cut {
            connectionReset?.answersBehindCut.append(answer)
        } else {
            observations.append(answer)
        }
    }

    /// Marks where the withheld answer starts, once no answer is owed before it.
    mutating func withholdIfNext(from position: UInt64) {
        guard let current = pending, current.withheldFrom == nil, !exchanges.isEmpty,
            exchanges.front.ordinal == current.ordinal || !responsesAreReadable
        else { return }
        pending?.withheldFrom = position
    }
}
