import FaultModel
import ResetPeer

/// Plays a script of events into one connection and keeps what a driver would have done.
struct Player {
    enum Step: Sendable {
        case client(String)
        case upstream(String)
        case clientEnds(StreamEnd)
        case upstreamEnds(StreamEnd)
        /// The clock moves on; wake-ups on the way are served at their time.
        case time(milliseconds: Int)
        case rules([ResetRule])
    }

    struct SentReset: Hashable {
        let order: ResetOrder
        let at: Timestamp
    }

    private(set) var connection: ResetPeerConnection
    var chooser: Chooser
    private(set) var now: Timestamp
    private(set) var directive = Directive()
    private(set) var observations: [Observation] = []
    private(set) var resets: [SentReset] = []
    private(set) var clientSent: [UInt8] = []
    private(set) var upstreamSent: [UInt8] = []
    /// What a driver forwarded so far; limits that shrink below this are counted as broken promises.
    private(set) var forwardedToUpstream = 0
    private(set) var forwardedToClient = 0
    private(set) var brokenPromises = 0
    /// Whether ordered resets are carried out at once.
    let carriesOutResets: Bool

    init(
        under rules: [ResetRule] = [], seed: UInt64 = 1, acceptedAt: Int = 0, holdCapacity: Int = 64 * 1024,
        carriesOutResets: Bool = true
    ) {
        now = .milliseconds(acceptedAt)
        connection = ResetPeerConnection(acceptedAt: now, holdCapacity: holdCapacity)
        chooser = Chooser(seed: seed)
        self.carriesOutResets = carriesOutResets
        follow { connection, now, choose in connection.open(under: rules, at: now, choosing: choose) }
    }

    var upstreamGot: String { String(decoding: clientSent.prefix(forwardedToUpstream), as: UTF8.self) }
    var clientGot: String { String(decoding: upstreamSent.prefix(forwardedToClient), as: UTF8.self) }

    mutating func play(_ steps: Step...) { play(steps) }

    mutating func play(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .client(let text): send(Array(text.utf8), from: .client)
            case .upstream(let text): send(Array(text.utf8), from: .upstream)
            case .clientEnds(let end):
                follow { connection, now, choose in connection.ended(.client, end, at: now, choosing: choose) }
            case .upstreamEnds(let end):
                follow { connection, now, choose in connection.ended(.upstream, end, at: now, choosing: choose) }
            case .time(let milliseconds): advance(to: .milliseconds(milliseconds))
            case .rules(let rules):
                follow { connection, now, choose in connection.rulesChanged(to: rules, at: now, choosing: choose) }
            }
        }
    }

    mutating func send(_ bytes: [UInt8], from side: ResetPeerConnection.Side) {
        if side == .client { clientSent += bytes } else { upstreamSent += bytes }
        follow { connection, now, choose in
            connection.received(bytes.span.bytes, from: side, at: now, choosing: choose)
        }
    }

    private mutating func advance(to end: Timestamp) {
        while let wakeAt = directive.wakeAt, wakeAt <= end {
            now = max(now, wakeAt)
            follow { connection, now, _ in connection.timePassed(at: now) }
        }
        now = end
        follow { connection, now, _ in connection.timePassed(at: now) }
    }

    private mutating func follow(
        _ event: (inout ResetPeerConnection, Timestamp, ResetPeerConnection.Choosing) -> Directive
    ) {
        var chooser = chooser
        directive = event(&connection, now) { rule, fingerprint in chooser.choose(fingerprint, under: rule) }
        self.chooser = chooser
        obey()
        if carriesOutResets, resets.isEmpty, let order = directive.reset {
            resets.append(SentReset(order: order, at: now))
            directive = connection.resetSent(order, at: now)
            obey()
        }
        observations += connection.takeObservations()
    }

    private mutating func obey() {
        if directive.limitToUpstream < forwardedToUpstream { brokenPromises += 1 }
        if directive.limitToClient < forwardedToClient { brokenPromises += 1 }
        forwardedToUpstream = max(forwardedToUpstream, Self.clamp(directive.limitToUpstream, clientSent.count))
        // What comes after the RST has nobody to go to.
        guard resets.isEmpty else { return }
        forwardedToClient = max(forwardedToClient, Self.clamp(directive.limitToClient, upstreamSent.count))
    }

    private static func clamp(_ limit: UInt64, _ count: Int) -> Int { Int(min(limit, UInt64(count))) }
}

extension Timestamp {
    static func milliseconds(_ count: Int) -> Timestamp { Timestamp(nanoseconds: Int64(count) * 1_000_000) }
}
