import FaultModel

extension ResetPeerConnection {
    var selectedExchange: Exchange? {
        guard let pending else { return nil }
        for position in 0..<exchanges.count where exchanges[position].ordinal == pending.ordinal {
            return exchanges[position]
        }
        return nil
    }

    // MARK: Choosing

    /// Asks the rules that are about connections as such.
    ///
    /// The timer of an older connection starts when the fault is armed.
    mutating func chooseConnection(_ choose: Choosing) {
        for rule in rules where rule.disruption.trigger == .connectionAccepted && isSubject(to: rule) {
            // A later rule only sees what the earlier ones spared.
            guard connectionReset == nil else { return }
            guard !connectionRulesDecided.contains(rule.id) else { continue }
            connectionRulesDecided.append(rule.id)
            let choice = choose(rule, RequestFingerprint(value: 0))
            observations.append(.decided(ordinal: 0, rule: rule.id, choice))
            guard choice.isSelected else { continue }
            let start = max(acceptedAt, rule.armedAt)
            connectionReset = PendingReset(ordinal: 0, rule: rule, dueAt: start + rule.disruption.delay)
        }
    }

    /// Asks the rules about every request that no selected one precedes.
    mutating func decideWaiting(at now: Timestamp, _ choose: Choosing) {
        while firstUndecided < exchanges.count, isDecidable, case .none = pending {
            decide(exchanges[firstUndecided], at: now, choose)
            firstUndecided += 1
        }
    }

    private mutating func decide(_ exchange: Exchange, at now: Timestamp, _ choose: Choosing) {
        var last: (rule: ResetRule, choice: Choice)?
        for rule in rules where rule.disruption.trigger != .connectionAccepted && isSubject(to: rule) {
            if rule.disruption.unit == .connection {
                guard !connectionRulesDecided.contains(rule.id) else { continue }
                connectionRulesDecided.append(rule.id)
            }
            let choice = choose(rule, exchange.fingerprint)
            last = (rule, choice)
            if choice.isSelected { break }
        }
        guard let last else { return }
        observations.append(.decided(ordinal: exchange.ordinal, rule: last.rule.id, last.choice))
        guard last.choice.isSelected else { return }
        var reset = PendingReset(ordinal: exchange.ordinal, rule: last.rule)
        let timerRuns =
            switch reset.trigger {
            case .connectionAccepted, .requestHead: true
            case .requestComplete: exchange.isComplete || exchange.isOpaque || clientEnd != nil
            case .firstResponseByte:
                !responsesAreReadable && (exchanges.isEmpty || exchanges.front.ordinal != exchange.ordinal)
            }
        if timerRuns || upstreamEnd != nil { reset.dueAt = now + last.rule.disruption.delay }
        pending = reset
        withholdIfNext(from: upstreamReceived)
    }

    func isSubject(to rule: ResetRule) -> Bool {
        rule.disruption.existingConnections == .included || acceptedAt >= rule.armedAt
    }

    // MARK: Cancelling

    mutating func cancelResets(_ reason: ResetCancelReason, where isOver: (ResetRule) -> Bool) {
        cancelConnectionReset(reason, where: isOver)
        if let reset = pending, isOver(reset.rule) {
            pending = nil
            observations.append(.resetCancelled(ordinal: reset.ordinal, rule: reset.rule.id, reason))
            if let end = selectedAnswerEnd {
                selectedAnswerEnd = nil
                if reason == .ruleLifted { noteAnswer(endingAt: end) }
                exchanges.removeFirst()
                if firstUndecided > 0 { firstUndecided -= 1 }
            }
        }
    }

    private mutating func cancelConnectionReset(_ reason: ResetCancelReason, where isOver: (ResetRule) -> Bool) {
        guard let reset = connectionReset, isOver(reset.rule) else { return }
        connectionReset = nil
        observations.append(.resetCancelled(ordinal: 0, rule: reset.rule.id, reason))
        if clientEnd != .reset { observations += reset.answersBehindCut }
    }

    /// A connection that both sides have finished ends by itself; there is nothing left to reset.
    mutating func cancelIfBothFinished() {
        guard clientEnd == .finished, upstreamEnd == .finished else { return }
        cancelConnectionReset(.clientGone) { _ in true }
    }

    // MARK: Telling the driver

    /// What follows from the state at a moment.
    mutating func directive(at now: Timestamp) -> Directive {
        var directive = Directive()
        if isBystander {
            passedToUpstream = clientReceived
            passedToClient = upstreamReceived
            return directive
        }
        if let afterReset {
            directive.readsClient = false
            directive.limitToUpstream = passedToUpstream
            directive.upstreamIsDone = afterReset != .finish || exchanges.isEmpty || upstreamEnd != nil
            // An upstream may take the end of its client for a reason to stop working.
            directive.mayFinishUpstream = directive.upstreamIsDone
            return directive
        }
        directive.readsClient = isOpaque || exchanges.count < Self.mostWaitingRequests
        if clientEnd == .reset {
            directive.limitToUpstream = passedToUpstream
        } else if let pending {
            limit(&directive, for: pending)
        } else if let start = heldPartialStart {
            directive.limitToUpstream = start
        }
        cutConnection(&directive, at: now)
        keepPromises(&directive)
        if let pending { schedule(&directive, pending, at: now) }
        if let connectionReset { schedule(&directive, connectionReset, at: now) }
        return directive
    }

    /// Whether nothing is selected, kept back or over, so that everything may pass.
    var isBystander: Bool {
        guard case .none = pending, case .none = connectionReset, case .none = afterReset, case .none = clientEnd,
            case .none = upstreamEnd
        else { return false }
        return exchanges.count < Self.mostWaitingRequests && heldPartialStart == nil
    }

    private var isOpaque: Bool {
        if case .opaque = reading { true } else { false }
    }

    /// From the moment at which the reset of a connection is due, nothing more is passed on: a client that is in the middle
    /// of a long answer would otherwise always be owed something.
    private mutating func cutConnection(_ directive: inout Directive, at now: Timestamp) {
        guard let dueAt = connectionReset?.dueAt, now >= dueAt else { return }
        let cut = connectionReset?.cutAt ?? upstreamReceived
        connectionReset?.cutAt = cut
        directive.limitToClient = min(directive.limitToClient, cut)
    }

    /// Makes sure that no limit takes back what was allowed, and that no end overtakes bytes that are held.
    private mutating func keepPromises(_ directive: inout Directive) {
        directive.limitToUpstream = max(directive.limitToUpstream, passedToUpstream)
        directive.limitToClient = max(directive.limitToClient, passedToClient)
        passedToUpstream = min(directive.limitToUpstream, clientReceived)
        passedToClient = min(directive.limitToClient, upstreamReceived)
        if passedToUpstream < clientReceived { directive.mayFinishUpstream = false }
        if passedToClient < upstreamReceived { directive.mayFinishClient = false }
    }

    private func limit(_ directive: inout Directive, for reset: PendingReset) {
        if let exchange = selectedExchange {
            if reset.rule.disruption.forwarding == .never {
                directive.limitToUpstream = exchange.start
                directive.mayFinishUpstream = false
            } else if let end = exchange.end {
                directive.limitToUpstream = end
            }
        }
        directive.mayFinishClient = false
        if let start = reset.withheldFrom {
            directive.limitToClient = min(start + reset.responsePrefix, selectedAnswerEnd ?? Directive.everything)
        }
    }

    private mutating func schedule(_ directive: inout Directive, _ reset: PendingReset, at now: Timestamp) {
        guard let dueAt = reset.dueAt else { return }
        // What was in the way may come back: an interim answer moves the place where the answer starts.
        let readyAt = isUnobstructed(reset) ? reset.readyAt ?? now : nil
        if reset.ordinal == 0 { connectionReset?.readyAt = readyAt } else { pending?.readyAt = readyAt }
        guard let readyAt else { return }
        guard now >= dueAt else {
            directive.wakeAt = min(directive.wakeAt ?? dueAt, dueAt)
            return
        }
        guard directive.reset == nil else { return }
        let withheldFrom = reset.withheldFrom ?? upstreamReceived
        directive.reset = ResetOrder(
            ordinal: reset.ordinal, rule: reset.rule.id, dueAt: max(dueAt, readyAt),
            upstreamFate: reset.rule.disruption.upstreamFate,
            responseBytes: min(upstreamReceived, directive.limitToClient) - min(withheldFrom, directive.limitToClient))
    }

    /// Whether nothing is owed to the client any more before the reset: earlier answers, or a part of the selected one.
    private func isUnobstructed(_ reset: PendingReset) -> Bool {
        guard reset.ordinal > 0, upstreamEnd == nil else { return true }
        guard let start = reset.withheldFrom else { return false }
        return selectedAnswerEnd != nil || upstreamReceived >= start + reset.responsePrefix
    }
}
