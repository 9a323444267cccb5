import FaultModel
import ResetPeer
import Testing

private let half = "PUT / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"

@Suite("When a reset is due") struct TimerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let trigger: ResetTrigger
        let steps: [Player.Step]
        /// The moment of the RST with a delay of 500 ms, or `nil` when none may come.
        let resetAt: Int?
        var testDescription: String { "\(trigger): \(name)" }

        init(_ name: String, _ trigger: ResetTrigger, _ steps: [Player.Step], resetAt: Int?) {
            self.name = name
            self.trigger = trigger
            self.steps = steps
            self.resetAt = resetAt
        }
    }

    static let rows: [Row] = [
        Row("an idle connection", .connectionAccepted, [], resetAt: 500),
        Row("traffic passes", .connectionAccepted, [.client(get), .upstream(ok)], resetAt: 500),
        Row("an idle connection", .requestHead, [], resetAt: nil),
        Row("half a head", .requestHead, [.time(milliseconds: 100), .client("GET / HT")], resetAt: nil),
        Row("the head", .requestHead, [.time(milliseconds: 100), .client(half)], resetAt: 600),
        Row("an incomplete body", .requestComplete, [.client(half)], resetAt: nil),
        Row(
            "the end of the body", .requestComplete, [.client(half), .time(milliseconds: 200), .client("cd")],
            resetAt: 700),
        Row(
            "a final answer before the end", .requestComplete,
            [.client(half), .time(milliseconds: 200), .upstream("HTTP/1.1 413 Large\r\n")], resetAt: 700),
        Row(
            "an interim answer before the end", .requestComplete,
            [.client(half), .time(milliseconds: 200), .upstream("HTTP/1.1 100 Continue\r\n\r\n")], resetAt: nil),
        Row(
            "the client's FIN in the body", .requestComplete,
            [.client(half), .time(milliseconds: 200), .clientEnds(.finished)], resetAt: 700),
        Row(
            "the client's FIN in the head", .requestComplete,
            [.client("GET / HT"), .time(milliseconds: 200), .clientEnds(.finished)], resetAt: 700),
        Row(
            "the upstream's FIN in the body", .requestComplete,
            [.client(half), .time(milliseconds: 200), .upstreamEnds(.finished)], resetAt: 700),
        Row("no answer", .firstResponseByte, [.client(get)], resetAt: nil),
        Row(
            "half a status line", .firstResponseByte, [.client(get), .upstream("HTTP/1.1 2")], resetAt: nil),
        Row(
            "an interim answer", .firstResponseByte, [.client(get), .upstream("HTTP/1.1 103 E\r\n\r\n")],
            resetAt: nil),
        Row(
            "the status line", .firstResponseByte,
            [.client(get), .time(milliseconds: 300), .upstream("HTTP/1.1 200 OK\r\n")], resetAt: 800),
        Row(
            "an unreachable upstream", .firstResponseByte,
            [.client(get), .time(milliseconds: 300), .upstreamEnds(.reset)], resetAt: 800),
        Row(
            "an answer that is no HTTP", .firstResponseByte,
            [.client(get), .time(milliseconds: 300), .upstream("220 hello\r\n")], resetAt: 800),
        Row(
            "the first byte back on an opaque connection", .firstResponseByte,
            [.client("\u{16}\u{3}"), .time(milliseconds: 300), .upstream("\u{16}")], resetAt: 800),
        Row("the first bytes of TLS", .requestComplete, [.client("\u{16}\u{3}")], resetAt: 500),
        Row(
            "a client that went away", .requestHead,
            [.client(get), .time(milliseconds: 100), .clientEnds(.reset)], resetAt: nil),
        Row(
            "a client that finished and went away", .requestHead,
            [.client(get), .clientEnds(.finished), .clientEnds(.reset)], resetAt: nil),
        Row("a client that finished", .requestHead, [.client(get), .clientEnds(.finished)], resetAt: 500),
    ]

    @Test(arguments: rows)
    func due(row: Row) {
        var player = Player(under: [
            rule(1, ResetDisruption(trigger: row.trigger, delay: .milliseconds(500)))
        ])
        player.play(row.steps + [.time(milliseconds: 5000)])
        #expect(player.resets.map(\.at) == row.resetAt.map { [.milliseconds($0)] } ?? [])
        #expect(player.resets.allSatisfy { $0.order.dueAt == $0.at }, "a punctual reset is not late")
    }

    @Test("a delay of zero resets at the trigger")
    func immediately() {
        var player = Player(under: [rule()])
        player.play(.time(milliseconds: 7), .client(get))
        #expect(player.resets.map(\.at) == [.milliseconds(7)])
    }

    @Test("a request that is never forwarded gets no answer: its own end counts instead")
    func neverForwarded() {
        let disruption = ResetDisruption(
            trigger: .firstResponseByte, delay: .milliseconds(5), forwarding: .never, responsePrefix: 9)
        var player = Player(under: [rule(1, disruption)])
        player.play(.client(get), .time(milliseconds: 50))
        #expect(player.resets.map(\.at) == [.milliseconds(5)])
    }

    @Test("an early wake-up does no harm, and the wish to be woken stays")
    func earlyWakeUp() {
        var player = Player(under: [rule(1, ResetDisruption(delay: .milliseconds(500)))])
        player.play(.client(get), .time(milliseconds: 499))
        #expect(player.directive.wakeAt == .milliseconds(500))
        #expect(player.directive.reset == nil)
    }

    @Test("an order stands until it is carried out, and falls with its rule")
    func standingOrder() {
        var player = Player(under: [rule()], carriesOutResets: false)
        player.play(.client(get), .time(milliseconds: 10))
        #expect(player.directive.reset?.dueAt == .zero)
        player.play(.rules([]))
        #expect(player.directive.reset == nil)
    }

    static let connectionAges: [(existing: ExistingConnections, acceptedAt: Int, resetAt: Int?)] = [
        (.included, 100, 700), (.included, 300, 800), (.excluded, 100, nil), (.excluded, 200, 700),
        (.excluded, 300, 800),
    ]

    @Test("a rule armed at 200 ms and connections of every age", arguments: connectionAges)
    func existing(row: (existing: ExistingConnections, acceptedAt: Int, resetAt: Int?)) {
        let armed = rule(
            1,
            ResetDisruption(
                trigger: .connectionAccepted, delay: .milliseconds(500), existingConnections: row.existing),
            armedAt: 200)
        var player = Player(acceptedAt: row.acceptedAt)
        // The news reaches the connection late; the timers count from the moments themselves.
        player.play(.time(milliseconds: 310), .rules([armed]), .time(milliseconds: 5000))
        #expect(player.resets.map(\.at) == row.resetAt.map { [.milliseconds($0)] } ?? [])
    }

    @Test("requests on connections that are older than the fault", arguments: ExistingConnections.allCases)
    func existingRequests(existing: ExistingConnections) {
        var player = Player()
        player.play(
            .client(get), .upstream(ok), .time(milliseconds: 10),
            .rules([rule(1, ResetDisruption(existingConnections: existing), armedAt: 10)]), .client(get))
        #expect(player.resets.count == (existing == .included ? 1 : 0))
    }
}
