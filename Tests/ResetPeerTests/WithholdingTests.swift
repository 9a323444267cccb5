import FaultModel
import ResetPeer
import Testing

private let slow: Duration = .seconds(1)

@Suite("What is forwarded and what is withheld") struct WithholdingTests {
    @Test("the request goes on at once, its answer and the FIN behind it do not")
    func forwardedAtOnce() {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))])
        player.play(.client(get), .upstream(ok), .upstreamEnds(.finished))
        #expect(player.upstreamGot == get)
        #expect(player.clientGot.isEmpty)
        #expect(!player.directive.mayFinishClient)
        #expect(player.directive.mayFinishUpstream)
        player.play(.time(milliseconds: 1000))
        #expect(player.resets.count == 1)
        #expect(player.clientGot.isEmpty)
    }

    static let prefixes = [0, 1, 17, ok.utf8.count - 1, ok.utf8.count, ok.utf8.count + 1, Int.max]

    @Test("a part of the answer reaches the client before the reset", arguments: prefixes)
    func prefix(length: Int) {
        var player = Player(under: [rule(1, ResetDisruption(responsePrefix: length))])
        player.play(.client(get), .upstream(ok + "stray"))
        let expected = ok.bytes(..<length)
        #expect(player.clientGot == expected)
        #expect(player.resets.map(\.order.responseBytes) == [UInt64(expected.utf8.count)])
    }

    @Test("the reset waits for the part of the answer, and is not late by that")
    func prefixComesLate() {
        var player = Player(under: [rule(1, ResetDisruption(responsePrefix: 20))])
        player.play(.client(get), .time(milliseconds: 300), .upstream(ok.bytes(..<10)))
        #expect(player.resets.isEmpty)
        player.play(.time(milliseconds: 400), .upstream(ok.bytes(10...)))
        #expect(player.resets.map(\.order.dueAt) == [.milliseconds(400)])
        #expect(player.clientGot == ok.bytes(..<20))
    }

    @Test("a part that never comes does not keep the reset once the upstream ended", arguments: [1, 20])
    func prefixNeverComes(length: Int) {
        var player = Player(under: [rule(1, ResetDisruption(responsePrefix: 20))])
        player.play(.client(get), .upstream(ok.bytes(..<(length - 1))), .upstreamEnds(.finished))
        #expect(player.resets.count == 1)
        #expect(player.clientGot == ok.bytes(..<(length - 1)))
    }

    @Test("100 Continue passes while the request is incomplete, and is no part of the answer")
    func interim() {
        let put = "PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        let interim = "HTTP/1.1 100 Continue\r\n\r\n"
        var player = Player(under: [rule(1, ResetDisruption(trigger: .requestHead, delay: slow, responsePrefix: 8))])
        player.play(.client(put), .upstream(interim))
        #expect(player.clientGot == interim)
        player.play(.client("ab"), .upstream(ok))
        #expect(player.upstreamGot == put + "ab")
        #expect(player.clientGot == interim + ok.bytes(..<8))
        player.play(.time(milliseconds: 1000))
        #expect(player.resets.map(\.order.responseBytes) == [8])
    }

    @Test("an interim answer to a complete request is withheld")
    func interimAfterRequest() {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow))])
        player.play(.client(get), .upstream("HTTP/1.1 103 Early\r\n\r\n"))
        #expect(player.clientGot.isEmpty)
    }

    static let cuts = Array(0...get.utf8.count)

    @Test("a request that is never forwarded leaves no byte upstream, wherever it is cut", arguments: cuts)
    func never(cut: Int) {
        let before = get("/before")
        var player = Player(under: [
            rule(1, ResetDisruption(delay: slow, selection: .ordinals([2]), forwarding: .never))
        ])
        player.play(.client(before + get.bytes(..<cut)))
        player.play(.client(get.bytes(cut...)), .upstream(ok))
        #expect(player.upstreamGot == before)
        #expect(player.clientGot == ok)
        #expect(!player.directive.mayFinishUpstream)
        player.play(.time(milliseconds: 1000))
        #expect(player.resets.map(\.order.ordinal) == [2])
        #expect(player.upstreamGot == before)
    }

    @Test("a body that does not fit into the hold counts as received")
    func neverAndLarge() {
        let disruption = ResetDisruption(delay: slow, forwarding: .never)
        var player = Player(under: [rule(1, disruption)], holdCapacity: 100)
        player.play(.client("PUT / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n"), .time(milliseconds: 10))
        #expect(player.directive.wakeAt == nil)
        player.play(.client(String(repeating: "a", count: 100)))
        #expect(player.directive.wakeAt == .milliseconds(1010))
        #expect(player.upstreamGot.isEmpty)
        player.play(.rules([]))
        #expect(player.upstreamGot.utf8.count == 140)
    }

    @Test("a head that does not fit into the hold is opaque", arguments: [(100, 1), (0, 0)])
    func neverAndLargeHead(share: Int, resets: Int) {
        let disruption = ResetDisruption(
            selection: .exactFraction(Percentage(share) ?? .zero), forwarding: .never)
        var player = Player(under: [rule(1, disruption)], holdCapacity: 50)
        player.play(.client("GET /" + String(repeating: "a", count: 45)))
        #expect(player.observations.requestCount == 1)
        #expect(player.resets.count == resets)
        #expect(player.upstreamGot.utf8.count == (resets == 0 ? 50 : 0))
    }

    @Test("no head is held for a rule that cannot keep it")
    func heldOnlyWhereNeeded() {
        let once = rule(1, ResetDisruption(unit: .connection, selection: .ordinals([9]), forwarding: .never))
        let newer = rule(
            2, ResetDisruption(forwarding: .never, existingConnections: .excluded), armedAt: 50)
        let accepted = rule(
            3, ResetDisruption(trigger: .connectionAccepted, delay: slow, forwarding: .never))
        var player = Player(under: [once, newer, accepted])
        player.play(.client(get), .upstream(ok), .client("GET / HT"))
        #expect(player.upstreamGot == get + "GET / HT")
    }

    @Test("a rule that comes in the middle of a head keeps the rest")
    func neverArmedInHead() {
        var player = Player()
        player.play(
            .client("GET / HT"), .rules([rule(1, ResetDisruption(delay: slow, forwarding: .never))]),
            .client("TP/1.1\r\n\r\n"))
        #expect(player.upstreamGot == "GET / HT")
        #expect(player.brokenPromises == 0)
        #expect(player.directive.limitToUpstream == 8)
    }

    @Test("what was held for a client that went away stays where it is")
    func clientGone() {
        var player = Player(under: [rule(1, ResetDisruption(delay: slow, forwarding: .never))])
        player.play(.client(get), .clientEnds(.reset), .rules([]), .time(milliseconds: 5000))
        #expect(player.upstreamGot.isEmpty)
        #expect(lines(player.observations).last == "1 cancelled 1 clientGone")
        #expect(player.resets.isEmpty)
    }
}
