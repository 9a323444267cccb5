import FaultModel
import ResetPeer
import Testing

private let slow: Duration = .seconds(1)

@Suite("Pipelined requests, and faults that are lifted") struct PipeliningTests {
    static func second(_ delay: Duration = slow, forwarding: RequestForwarding = .immediately) -> ResetRule {
        rule(1, ResetDisruption(delay: delay, selection: .ordinals([2]), forwarding: forwarding))
    }

    @Test("answers owed before the selected one arrive, and nothing behind it is asked")
    func owedAnswers() {
        var player = Player(under: [Self.second()])
        player.play(.client(get("/1") + get("/2") + get("/3")), .upstream(ok("1") + ok("2")))
        #expect(player.upstreamGot == get("/1") + get("/2"))
        #expect(player.clientGot == ok("1"))
        #expect(player.observations.requestCount == 3)
        #expect(player.observations.decisions == [false, true])
        player.play(.time(milliseconds: 1000))
        #expect(player.resets.map(\.order.ordinal) == [2])
        #expect(player.upstreamGot == get("/1") + get("/2"), "nothing more goes upstream after the reset")
    }

    @Test("the reset waits for the answers owed, and is not late by that")
    func waits() {
        var player = Player(under: [Self.second(.milliseconds(100))])
        player.play(.client(get("/1") + get("/2")), .time(milliseconds: 300))
        #expect(player.resets.isEmpty)
        player.play(.upstream(ok("1")))
        #expect(player.resets.map(\.order.dueAt) == [.milliseconds(300)])
        #expect(player.clientGot == ok("1"))
    }

    static let unfinished: [(answer: String, passes: String)] = [
        ("HTTP/1.0 200 OK\r\n\r\nuntil the end", "HTTP/1.0 200 OK\r\n\r\nuntil the end"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncut", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\ncut"),
        ("", ""),
    ]

    @Test("an upstream that ends before the owed answer did", arguments: unfinished)
    func upstreamEnds(row: (answer: String, passes: String)) {
        var player = Player(under: [Self.second(.milliseconds(100))])
        player.play(
            .client(get("/1") + get("/2")), .upstream(row.answer), .time(milliseconds: 300),
            .upstreamEnds(.finished))
        #expect(player.clientGot == row.passes)
        #expect(player.resets.count == 1)
    }

    static let unreadable = ["nonsense\r\n", "HTTP/1.1 101 Switching\r\n\r\n", "HTTP/1.1 200 OK\r\nX : y\r\n"]

    @Test(
        "an owed answer whose end is lost does not keep the reset waiting", arguments: unreadable,
        [ResetTrigger.requestComplete, .firstResponseByte])
    func lostAnswer(answer: String, trigger: ResetTrigger) {
        let disruption = ResetDisruption(trigger: trigger, delay: .milliseconds(100), selection: .ordinals([2]))
        var player = Player(under: [rule(1, disruption)])
        player.play(.client(get("/1") + get("/2")))
        for byte in answer.utf8 { player.send([byte], from: .upstream) }
        player.play(.upstream("more"), .time(milliseconds: 100))
        #expect(player.clientGot == answer)
        #expect(player.resets.count == 1)
        #expect(player.brokenPromises == 0)
    }

    @Test(
        "an owed answer that was lost before the request was decided",
        arguments: [ResetTrigger.requestComplete, .firstResponseByte])
    func lostBefore(trigger: ResetTrigger) {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow, selection: .ordinals([1, 2])))])
        player.play(
            .client(get("/1") + get("/2")), .upstream("nonsense\r\n"),
            .rules([rule(2, ResetDisruption(trigger: trigger, delay: slow))]))
        #expect(lines(player.observations).last == "2 selected by 2")
        player.play(.upstream("more"), .time(milliseconds: 1000))
        #expect(player.clientGot == "nonsense\r\n")
        #expect(player.resets.map(\.order.ordinal) == [2])
    }

    @Test("a lifted fault lets everything flow, in order", arguments: RequestForwarding.allCases)
    func lifted(forwarding: RequestForwarding) {
        var player = Player(under: [Self.second(forwarding: forwarding)])
        let all = get("/1") + get("/2") + get("/3") + "GET /4 HT"
        player.play(.client(all), .upstream(ok("1")))
        #expect(player.upstreamGot == get("/1") + (forwarding == .never ? "" : get("/2")))
        player.play(.rules([]))
        #expect(lines(player.observations).last == "2 cancelled 1 ruleLifted")
        #expect(player.upstreamGot == all)
        #expect(player.directive == Directive())
        player.play(.upstream(ok("2") + ok("3")), .time(milliseconds: 5000))
        #expect(player.clientGot == ok("1") + ok("2") + ok("3"))
        #expect(player.resets.isEmpty)
    }

    @Test("a fault lifted after the answer came delivers it whole")
    func liftedAfterAnswer() {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))])
        player.play(.client(get), .upstream(ok), .upstreamEnds(.finished), .rules([]))
        #expect(player.clientGot == ok)
        #expect(player.directive.mayFinishClient)
    }

    @Test("an answer ends once, also when a stray word and the upstream's FIN come behind it")
    func endsOnce() {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))])
        player.play(.client(get), .upstream(ok), .upstream("stray"), .upstreamEnds(.finished))
        #expect(lines(player.observations).count { $0.hasPrefix("1 done") } == 0, "nobody has got a withheld answer")
        #expect(!player.directive.mayFinishClient)
        player.play(.rules([]))
        #expect(lines(player.observations).count { $0 == "1 done \(ok.utf8.count)" } == 1)
    }

    @Test("the client's FIN does not overtake what is held, and goes on when nothing is", arguments: [true, false])
    func finDoesNotOvertake(isPipelined: Bool) {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))])
        player.play(.client(isPipelined ? get + get : get), .clientEnds(.finished))
        #expect(player.directive.mayFinishUpstream == !isPipelined)
        player.play(.rules([]))
        #expect(player.directive.mayFinishUpstream)
    }

    static let never = rule(2, ResetDisruption(delay: slow, selection: .first(0), forwarding: .never))

    @Test("a head that waits behind a reset may fill the hold, and must not keep it full after that")
    func waitingHead() {
        let first = rule(1, ResetDisruption(delay: slow))
        let head = "GET /" + String(repeating: "a", count: 59)
        var player = Player(under: [first, Self.never], holdCapacity: 64)
        player.play(.client(get), .client(head))
        #expect(player.observations.requestCount == 1)
        player.play(.rules([Self.never]))
        #expect(player.upstreamGot == get + head)
        #expect(player.observations.requestCount == 2)
    }

    @Test("a body that waits behind a reset and fills the hold counts as received under the next rule")
    func waitingBody() {
        let next = rule(3, ResetDisruption(delay: slow, forwarding: .never))
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))], holdCapacity: 64)
        player.play(
            .client(get), .client("PUT / HTTP/1.1\r\nContent-Length: 999\r\n\r\n" + String(repeating: "a", count: 30)),
            .rules([next]), .upstream(ok), .time(milliseconds: 1000))
        #expect(player.resets.map(\.order.ordinal) == [2])
        #expect(player.upstreamGot == get)
    }

    @Test("requests that waited are decided under the new rules, the selected one is not decided again")
    func decidedAnew() {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))])
        player.play(
            .client(get("/1") + get("/2") + get("/3")),
            .rules([rule(2, ResetDisruption(delay: slow, selection: .ordinals([2])))]))
        #expect(
            lines(player.observations).suffix(3) == ["1 cancelled 1 ruleLifted", "2 spared by 2", "3 selected by 2"])
        player.play(.upstream(ok("1") + ok("2") + ok("3")), .time(milliseconds: 1000))
        #expect(player.clientGot == ok("1") + ok("2"))
        #expect(player.resets.map(\.order.ordinal) == [3])
    }

    @Test("the same rule again changes nothing, also among others")
    func sameRule() {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))])
        player.play(.client(get), .time(milliseconds: 400))
        let before = player.directive
        player.play(.rules([rule(2), rule(1, ResetDisruption(delay: .seconds(9)))]))
        #expect(player.directive == before)
        player.play(.time(milliseconds: 1000))
        #expect(player.resets.map(\.at) == [.milliseconds(1000)])
    }

    @Test("a client that asks without reading is slowed down, and goes on when answers come")
    func mostWaiting() {
        var player = Player()
        let most = ResetPeerConnection.mostWaitingRequests
        player.play(.client(String(repeating: get, count: most - 1)))
        #expect(player.directive.readsClient)
        player.play(.client(get))
        #expect(!player.directive.readsClient)
        player.play(.upstream(ok))
        #expect(player.directive.readsClient)
    }

    @Test("answers that cannot be read never slow the client down")
    func unreadableAnswers() {
        var player = Player()
        for _ in 0..<1000 { player.play(.client(get), .upstream("ICY 200 OK\r\n\r\n")) }
        #expect(player.directive == Directive())
        #expect(player.observations.requestCount == 1)
    }

    @Test("many requests that are answered leave nothing behind")
    func longConnection() {
        var player = Player()
        for _ in 0..<300 { player.play(.client(get + get + get), .upstream(ok + ok + ok)) }
        #expect(player.observations.requestCount == 900)
        #expect(player.directive == Directive())
        #expect(lines(player.observations).last == "900 done \(ok.utf8.count)")
    }
}
