import FaultModel
import ResetPeer

/// Scripts made of requests, answers and things that are neither, in an order that peers may really produce.
struct RandomScript {
    private var random: TestRandom
    private(set) var steps: [Player.Step] = []
    private var clock = 0

    static let requests = [
        get, get + get, "PUT /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", "\r\n\n" + get,
        "PUT /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x\r\nabcd\r\n0\r\nT: v\r\n\r\n" + get,
        "HEAD / HTTP/1.0\n\n", "GET /ws HTTP/1.1\r\nUpgrade: x\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\n\r\n",
    ]
    static let strangeRequests = [
        "\u{16}\u{3}\u{1}\u{0}", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "*1\r\n$4\r\nPING\r\n", "AMQP\u{0}\u{0}\u{9}\u{1}",
        "PUT / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "PUT /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x\r\nabcde\r\n0\r\n\r\n" + get,
        "GET /a b HTTP/1.1\r\n\r\n" + get, "GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
    ]
    static let answers = [
        ok, ok + ok, "HTTP/1.1 100 Continue\r\n\r\n" + ok, "HTTP/1.1 304 Not\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n",
    ]
    static let strangeAnswers = [
        "HTTP/1.0 200 OK\r\n\r\nuntil the end", "HTTP/1.1 101 Go\r\n\r\n\u{1}\u{2}\n", "220 hello\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "\u{16}\u{3}\n\n",
    ]

    /// - Parameters:
    ///   - seed: Determines the script.
    ///   - rules: Sets of rules to switch between; empty for a script in which they stay.
    init(seed: UInt64, rules: [[ResetRule]] = []) {
        random = TestRandom(seed: seed)
        for _ in 0..<Int.random(in: 1...12, using: &random) { add(rules) }
    }

    private mutating func add(_ rules: [[ResetRule]]) {
        switch Int.random(in: 0..<20, using: &random) {
        case 0...6: split(pick(Self.requests), isClient: true)
        case 7: split(pick(Self.strangeRequests), isClient: true)
        case 8...14: split(pick(Self.answers), isClient: false)
        case 15: split(pick(Self.strangeAnswers), isClient: false)
        case 16:
            clock += Int.random(in: 1...600, using: &random)
            steps.append(.time(milliseconds: clock))
        case 17:
            if let set = rules.randomElement(using: &random) { steps.append(.rules(set)) }
        case 18: steps.append(Bool.random(using: &random) ? .clientEnds(.finished) : .upstreamEnds(.finished))
        default:
            if Int.random(in: 0..<4, using: &random) == 0 { steps.append(.upstreamEnds(.reset)) }
        }
    }

    /// Lets time or an interim answer come between two parts, but no unasked word: what an upstream says into half a
    /// head belongs to the greeting or to the answer depending on when it comes.
    private mutating func split(_ text: String, isClient: Bool) {
        let cut = Int.random(in: 0...text.utf8.count, using: &random)
        let parts = [text.bytes(..<cut), text.bytes(cut...)]
        for part in parts where !part.isEmpty { steps.append(isClient ? .client(part) : .upstream(part)) }
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

    /// The same script with its bytes cut anew; each inner list stands for one original step.
    static func cut(_ steps: [Player.Step], seed: UInt64) -> [[Player.Step]] {
        var random = TestRandom(seed: seed)
        let longest = [1, 3, 10, 40].randomElement(using: &random) ?? 1
        return steps.map { step in
            switch step {
            case .client(let text): pieces(text, longest, &random).map { .client($0) }
            case .upstream(let text): pieces(text, longest, &random).map { .upstream($0) }
            default: [step]
            }
        }
    }

    private static func pieces(_ text: String, _ longest: Int, _ random: inout TestRandom) -> [String] {
        var pieces: [String] = []
        var start = 0
        while start < text.utf8.count {
            let end = start + Int.random(in: 1...longest, using: &random)
            pieces.append(text.bytes(start..<end))
            start = end
        }
        return pieces
    }
}
