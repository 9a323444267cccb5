import FaultModel
import ResetPeer
import Testing

private let slow: Duration = .seconds(1)

@Suite("Several rules, and whole connections") struct RulesTests {
    @Test("the first rule that selects wins; later ones only see what it spared")
    func firstWins() {
        let rules = [
            rule(1, ResetDisruption(selection: .ordinals([3]))),
            rule(2, ResetDisruption(selection: .ordinals([3]))),
        ]
        var chooser = Chooser(seed: 1)
        var selections: [Int] = []
        for _ in 1...4 {
            var player = Player(under: rules)
            player.chooser = chooser
            player.play(.client(get))
            chooser = player.chooser
            selections.append(player.resets.first?.order.rule.number ?? 0)
        }
        #expect(selections == [0, 0, 1, 2])
    }

    @Test("a spared request names the last rule that spared it")
    func spared() {
        var player = Player(under: [
            rule(1, ResetDisruption(selection: .first(0))), rule(2, ResetDisruption(selection: .first(0))),
        ])
        player.play(.client(get))
        #expect(lines(player.observations).contains("1 spared by 2"))
    }

    @Test("for connections too")
    func firstConnectionRuleWins() {
        let accepted = ResetDisruption(trigger: .connectionAccepted, delay: slow)
        var player = Player(under: [rule(1, accepted), rule(2, accepted)])
        #expect(lines(player.observations) == ["0 selected by 1"])
        player.play(.rules([rule(2, accepted)]))
        #expect(lines(player.observations).suffix(2) == ["0 cancelled 1 ruleLifted", "0 selected by 2"])
        player.play(.rules([rule(2, accepted)]))
        #expect(player.observations.count == 3)
    }

    @Test("a connection is decided once, at its first request under the rule")
    func connectionUnit() {
        let disruption = ResetDisruption(unit: .connection, selection: .ordinals([2]))
        var chooser = Chooser(seed: 1)
        var resets: [Int] = []
        for _ in 1...3 {
            var player = Player()
            player.chooser = chooser
            player.play(.client(get), .upstream(ok), .rules([rule(1, disruption)]))
            for _ in 1...3 where player.resets.isEmpty { player.play(.client(get), .upstream(ok)) }
            #expect(player.observations.decisions.count == 1)
            chooser = player.chooser
            resets.append(player.resets.first?.order.ordinal ?? 0)
        }
        #expect(resets == [0, 2, 0])
    }

    @Test("a reset of the connection and one of a request: the earlier one comes", arguments: [(100, 1), (900, 0)])
    func earlierComes(delay: Int, ordinal: Int) {
        var player = Player(under: [
            rule(1, ResetDisruption(trigger: .connectionAccepted, delay: .milliseconds(500))),
            rule(2, ResetDisruption(delay: .milliseconds(delay))),
        ])
        player.play(.client(get), .time(milliseconds: 5000))
        #expect(player.resets.map(\.order.ordinal) == [ordinal])
        #expect(player.resets.map(\.at) == [.milliseconds(min(delay, 500))])
    }

    @Test(
        "a client that went away is not decided any more", arguments: [ResetTrigger.connectionAccepted, .requestHead])
    func gone(trigger: ResetTrigger) {
        var player = Player()
        player.play(
            .client(get), .clientEnds(.reset), .rules([rule(1, ResetDisruption(trigger: trigger))]), .client(get),
            .upstream(ok + ok))
        #expect(player.observations.decisions.isEmpty)
        #expect(player.resets.isEmpty)
    }

    @Test(
        "a picked connection that both sides finish ends by itself, and its reset is called off",
        arguments: [true, false])
    func bothFinished(clientFirst: Bool) {
        var player = Player(under: [
            rule(1, ResetDisruption(trigger: .connectionAccepted, delay: .milliseconds(500)))
        ])
        let ends: [Player.Step] = [.clientEnds(.finished), .upstreamEnds(.finished)]
        player.play(
            [.client(get), .upstream(ok)] + (clientFirst ? ends : ends.reversed()) + [.time(milliseconds: 5000)])
        #expect(player.resets.isEmpty)
        let isCancelled = player.observations.contains {
            if case .resetCancelled(_, _, .clientGone) = $0 { true } else { false }
        }
        #expect(isCancelled)
    }
}

@Suite("An answer that the reset of its connection cuts") struct CutAnswerTests {
    enum Turn: CaseIterable { case stays, lifted, bothFinish, clientResets }

    @Test("is over when it is passed on after all", arguments: Turn.allCases)
    func completed(turn: Turn) {
        let rules = [rule(1, ResetDisruption(trigger: .connectionAccepted, delay: .milliseconds(500)))]
        // Its client is slow, so the reset is due and waits.
        var player = Player(under: rules, carriesOutResets: false)
        player.play(.client(get), .upstream(String(ok.dropLast())), .time(milliseconds: 600))
        let cut = player.forwardedToClient
        player.play(.upstream(String(ok.suffix(1))))
        #expect(player.directive.reset != nil)
        #expect(player.forwardedToClient == cut)
        #expect(player.observations.answers == [])
        switch turn {
        case .stays: player.play(.upstreamEnds(.finished))
        case .lifted: player.play(.rules([]))
        case .bothFinish: player.play(.upstreamEnds(.finished), .clientEnds(.finished))
        case .clientResets: player.play(.clientEnds(.reset))
        }
        let isWhole = turn == .lifted || turn == .bothFinish
        #expect(player.observations.answers == (isWhole ? [1] : []))
        if isWhole { #expect(player.clientGot == ok) }
    }
}

@Suite("What becomes of the upstream") struct UpstreamFateTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let fate: UpstreamFate
        var disruption = ResetDisruption()
        let before: [Player.Step]
        let isDone: Bool
        var after: [Player.Step] = []
        var testDescription: String { "\(fate): \(name)" }
    }

    static func finish(
        _ trigger: ResetTrigger = .requestHead, forwarding: RequestForwarding = .immediately, prefix: Int = 0
    ) -> ResetDisruption {
        ResetDisruption(
            trigger: trigger, delay: .milliseconds(5), forwarding: forwarding, responsePrefix: prefix,
            upstreamFate: .finish)
    }

    static let rows: [Row] = [
        Row(
            name: "at once", fate: .close,
            disruption: ResetDisruption(delay: .milliseconds(5), upstreamFate: .close), before: [.client(get)],
            isDone: true),
        Row(
            name: "at once", fate: .reset,
            disruption: ResetDisruption(delay: .milliseconds(5), upstreamFate: .reset), before: [.client(get)],
            isDone: true),
        Row(
            name: "after the answer", fate: .finish, disruption: finish(), before: [.client(get)], isDone: false,
            after: [.upstream(ok.bytes(..<39)), .upstream("k")]),
        Row(
            name: "the answer is there", fate: .finish, disruption: finish(), before: [.client(get), .upstream(ok)],
            isDone: true),
        Row(
            name: "after the rest of the answer", fate: .finish, disruption: finish(prefix: 9),
            before: [.client(get), .upstream(ok.bytes(..<9))], isDone: false,
            after: [.upstream(ok.bytes(9...))]),
        Row(
            name: "after its end", fate: .finish, disruption: finish(), before: [.client(get)], isDone: false,
            after: [.upstreamEnds(.finished)]),
        Row(
            name: "with the requests behind it forgotten", fate: .finish, disruption: finish(),
            before: [.client(get + get)], isDone: false, after: [.upstream(ok)]),
        Row(
            name: "with half a head behind it", fate: .finish, disruption: finish(),
            before: [.client(get + "GET / HT")], isDone: false, after: [.upstream(ok)]),
        Row(
            name: "of a request that cannot be completed", fate: .finish, disruption: finish(),
            before: [.client("PUT / HTTP/1.1\r\nContent-Length: 4\r\n\r\n")], isDone: true),
        Row(
            name: "that was never asked", fate: .finish, disruption: finish(forwarding: .never),
            before: [.client(get)], isDone: true),
        Row(
            name: "of an idle connection", fate: .finish, disruption: finish(.connectionAccepted), before: [],
            isDone: true),
        Row(
            name: "of a connection with two answers owed", fate: .finish, disruption: finish(.connectionAccepted),
            before: [.client(get + get)], isDone: false, after: [.upstream(ok), .upstream(ok)]),
        Row(
            name: "of an opaque connection", fate: .finish, disruption: finish(), before: [.client("\u{16}")],
            isDone: false, after: [.upstream("x"), .upstreamEnds(.finished)]),
    ]

    @Test(arguments: rows)
    func fate(row: Row) {
        var player = Player(under: [rule(1, row.disruption)])
        player.play(row.before + [.time(milliseconds: 10)])
        #expect(player.resets.map(\.order.upstreamFate) == [row.fate])
        #expect(player.directive.upstreamIsDone == row.isDone)
        #expect(!player.directive.readsClient)
        let decisions = player.observations.decisions
        for step in row.after {
            #expect(!player.directive.upstreamIsDone, "before \(step)")
            player.play(step)
        }
        #expect(player.directive.upstreamIsDone)
        player.play(.upstream("stray"), .client(get), .rules([rule(2)]), .clientEnds(.reset))
        #expect(player.observations.decisions == decisions, "nothing is decided after the reset")
        #expect(player.directive.upstreamIsDone, "nothing begins after the reset")
        #expect(player.directive.reset == nil)
        #expect(player.brokenPromises == 0)
    }
}
