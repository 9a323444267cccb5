import FaultModel
import ResetPeer

/// Follows the directives of one connection as a proxy would, and stops the fuzzer where they make no sense.
struct Driver {
    private var connection: ResetPeerConnection
    private var chooser = Chooser(seed: 42)
    private var now = Timestamp.zero
    private(set) var directive = Directive()
    private(set) var observations: [Observation] = []
    private var ledger = Ledger()

    private var receivedFromClient: UInt64 = 0
    private var receivedFromUpstream: UInt64 = 0
    private var forwardedToUpstream: UInt64 = 0
    private var forwardedToClient: UInt64 = 0
    private var clientIsGone = false
    private var wasReset = false
    private var rulesEverArmed: Bool

    /// The bytes per direction that are held back before the driver stops reading.
    static let capacity: UInt64 = 512

    let isUnruly: Bool
    /// The length of the pieces in which bytes are shown to the engine, or `nil` for whole chunks.
    let pieces: Int?

    init(_ script: Script, pieces: Int? = nil, capacity: UInt64 = Driver.capacity) {
        isUnruly = script.isUnruly || pieces != nil || capacity != Driver.capacity
        self.pieces = pieces
        connection = ResetPeerConnection(acceptedAt: .zero, holdCapacity: Int(capacity))
        let rules = RuleSets.set(script.firstRules)
        rulesEverArmed = !rules.isEmpty
        follow { $0.open(under: rules, at: $1, choosing: $2) }
    }

    mutating func play(_ event: Script.Event) {
        switch event {
        case .client(let bytes): show(bytes, from: .client)
        case .upstream(let bytes): show(bytes, from: .upstream)
        case .clientEnds(let isReset):
            if isReset { clientIsGone = true }
            follow { $0.ended(.client, isReset ? .reset : .finished, at: $1, choosing: $2) }
        case .upstreamEnds(let isReset):
            follow { $0.ended(.upstream, isReset ? .reset : .finished, at: $1, choosing: $2) }
        case .time(let tenths):
            now = now + .milliseconds(tenths * 100)
            follow { connection, now, _ in connection.timePassed(at: now) }
        case .rules(let number): arm(RuleSets.set(number))
        case .sendReset:
            guard let order = directive.reset else { return }
            check(order.dueAt <= now, "a reset was ordered before it was due")
            check(order.responseBytes <= forwardedToClient, "more of the answer was counted than the client was given")
            wasReset = true
            follow { connection, now, _ in connection.resetSent(order, at: now) }
        }
    }

    /// Once nothing is armed, nothing may be held.
    mutating func liftEverything() {
        arm([])
        guard !wasReset, !clientIsGone else { return }
        check(directive.limitToUpstream == Directive.everything, "client bytes are held without a fault")
        check(directive.limitToClient == Directive.everything, "upstream bytes are held without a fault")
        check(directive.mayFinishUpstream && directive.mayFinishClient, "an end is held without a fault")
        check(directive.wakeAt == nil && directive.reset == nil, "a reset is planned without a fault")
    }

    /// A selected request ends in a reset at the latest when the upstream has nothing more to say.
    func checkThatResetComes() {
        var later = self
        later.play(.upstreamEnds(isReset: false))
        later.play(.time(1000))
        guard later.ledger.isResetPending, !wasReset, !clientIsGone else { return }
        check(later.directive.reset != nil, "a reset never comes")
        later.play(.sendReset)
        check(later.directive.upstreamIsDone, "an upstream that ended is still waited for")
    }

    private mutating func arm(_ rules: [ResetRule]) {
        if !rules.isEmpty { rulesEverArmed = true }
        chooser.keepOnly(rules)
        follow { $0.rulesChanged(to: rules, at: $1, choosing: $2) }
    }

    private mutating func show(_ bytes: ArraySlice<UInt8>, from side: ResetPeerConnection.Side) {
        var rest = bytes
        while !rest.isEmpty, isUnruly || reads(side) {
            let piece = rest.prefix(pieces ?? (isUnruly ? rest.count : room(side)))
            rest = rest.dropFirst(piece.count)
            if side == .client { receivedFromClient += UInt64(piece.count) }
            if side == .upstream { receivedFromUpstream += UInt64(piece.count) }
            follow { $0.received(piece.span.bytes, from: side, at: $1, choosing: $2) }
        }
    }

    private func room(_ side: ResetPeerConnection.Side) -> Int {
        let held =
            side == .client
            ? receivedFromClient - forwardedToUpstream
            : receivedFromUpstream - min(receivedFromUpstream, forwardedToClient)
        return Int(Self.capacity - min(held, Self.capacity))
    }

    private func reads(_ side: ResetPeerConnection.Side) -> Bool {
        room(side) > 0 && (side == .upstream || directive.readsClient)
    }

    private mutating func follow(
        _ event: (inout ResetPeerConnection, Timestamp, ResetPeerConnection.Choosing) -> Directive
    ) {
        var chooser = chooser
        directive = event(&connection, now) { rule, fingerprint in chooser.choose(fingerprint, under: rule) }
        self.chooser = chooser
        let noticed = connection.takeObservations()
        ledger.enter(noticed)
        observations += noticed
        checkDirective()
        forwardedToUpstream = max(forwardedToUpstream, min(directive.limitToUpstream, receivedFromClient))
        if !wasReset { forwardedToClient = max(forwardedToClient, min(directive.limitToClient, receivedFromUpstream)) }
        checkThatHoldEmpties()
    }

    /// A driver whose hold is full reads no more, so only a reset could free it.
    private func checkThatHoldEmpties() {
        guard !isUnruly, !wasReset, !clientIsGone, !ledger.isResetPending, room(.client) == 0 else { return }
        check(directive.limitToUpstream >= receivedFromClient, "the hold is full and nothing will empty it")
    }

    private func checkDirective() {
        check(directive.limitToUpstream >= forwardedToUpstream, "a limit took back what went upstream")
        check(directive.limitToClient >= forwardedToClient, "a limit took back what the client was given")
        if let wakeAt = directive.wakeAt { check(wakeAt > now, "a wake-up in the past would never stop") }
        if wasReset {
            check(directive.reset == nil, "a second reset")
            check(directive.limitToUpstream == forwardedToUpstream, "something went upstream after the reset")
        }
        if !directive.readsClient, !wasReset {
            check(ledger.waiting >= ResetPeerConnection.mostWaitingRequests, "the client is stopped without a reason")
        }
        if !isUnruly {
            let most = ResetPeerConnection.mostWaitingRequests + Int(Self.capacity)
            check(ledger.waiting <= most, "more requests wait than the driver was asked to read")
        }
        guard !rulesEverArmed, !clientIsGone else { return }
        var expected = Directive()
        expected.readsClient = directive.readsClient
        check(directive == expected, "traffic was touched although no fault was ever armed")
    }
}
