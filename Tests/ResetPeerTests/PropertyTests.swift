import FaultModel
import ResetPeer
import Testing

@Suite("Properties over random scripts") struct PropertyTests {
    static let ruleSets: [[ResetRule]] = [
        [],
        [rule(1, ResetDisruption(delay: .milliseconds(500)))],
        [rule(2, ResetDisruption(trigger: .requestHead, delay: .milliseconds(100), selection: .every(2)))],
        [rule(3, ResetDisruption(delay: .milliseconds(100), selection: .every(2), forwarding: .never))],
        [
            rule(4, ResetDisruption(trigger: .firstResponseByte, selection: .every(3), responsePrefix: 20)),
            rule(5, ResetDisruption(delay: .seconds(1), unit: .connection, selection: .ordinals([2]))),
        ],
        [rule(6, ResetDisruption(trigger: .connectionAccepted, delay: .milliseconds(300)))],
    ]

    @Test("how a stream is cut changes nothing", arguments: ruleSets.indices)
    func chunking(set: Int) {
        for seed in 0..<UInt64(400) {
            let script = RandomScript(seed: seed, rules: Self.ruleSets).steps
            let rules = Self.ruleSets[set]
            var whole = Player(under: rules, carriesOutResets: false)
            var cut = Player(under: rules, carriesOutResets: false)
            for (step, pieces) in zip(script, RandomScript.cut(script, seed: seed)) {
                whole.play(step)
                cut.play(pieces)
                let isSame =
                    whole.directive == cut.directive && lines(whole.observations) == lines(cut.observations)
                guard isSame else {
                    Issue.record("seed \(seed), step \(step): \(whole.directive) is not \(cut.directive)")
                    #expect(lines(whole.observations) == lines(cut.observations))
                    #expect(script.isEmpty, "the script")
                    return
                }
            }
            #expect(whole.brokenPromises + cut.brokenPromises == 0, "seed \(seed)")
        }
    }

    static let harmless: [[ResetRule]] = [
        [],
        [rule(1, ResetDisruption(selection: .exactFraction(0)))],
        [rule(1, ResetDisruption(trigger: .connectionAccepted, selection: .first(0), forwarding: .never))],
    ]

    @Test("what is not selected is not touched", arguments: harmless.indices)
    func transparency(set: Int) {
        for seed in 0..<UInt64(400) {
            let script = RandomScript(seed: seed, rules: Self.harmless).steps
            var player = Player(under: Self.harmless[set])
            for step in RandomScript.cut(script, seed: seed).joined() {
                player.play(step)
                guard player.directive == Directive() else {
                    Issue.record("seed \(seed): \(player.directive) after \(step)")
                    return
                }
            }
        }
    }

    @Test("a rule that keeps requests holds undecided heads and nothing else")
    func heldHeads() {
        let rules = [rule(1, ResetDisruption(selection: .exactFraction(0), forwarding: .never))]
        for seed in 0..<UInt64(400) {
            var player = Player(under: rules)
            var recognizer = RequestRecognizer()
            var isRecognizable = true
            for step in RandomScript.cut(RandomScript(seed: seed).steps, seed: seed).joined() {
                player.play(step)
                var directive = player.directive
                if case .client(let text) = step {
                    Array(text.utf8).withUnsafeBytes { bytes in
                        var index = 0
                        while recognizer.advance(bytes, from: &index) != nil {}
                    }
                }
                if lines(player.observations).contains(where: { $0.hasPrefix("opaque") || $0.hasPrefix("tls") }) {
                    isRecognizable = false
                }
                if recognizer.isInsideHead, isRecognizable {
                    directive.limitToUpstream = Directive.everything
                    directive.mayFinishUpstream = true
                }
                guard directive == Directive() else {
                    Issue.record("seed \(seed): \(player.directive) after \(step)")
                    return
                }
            }
        }
    }

    @Test("any bytes from either side are survived, and nothing that was allowed is taken back")
    func anyBytes() {
        let alphabet = Array("GET / HTTP/1.1\r\n: 0123aZ\u{0}\u{16};".utf8)
        for seed in 0..<UInt64(500) {
            var random = TestRandom(seed: seed)
            var player = Player(under: Self.ruleSets[Int(seed) % Self.ruleSets.count], holdCapacity: 64)
            for _ in 0..<20 {
                let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? 0
                }
                player.send(bytes, from: Bool.random(using: &random) ? .client : .upstream)
            }
            #expect(player.brokenPromises == 0, "seed \(seed)")
        }
    }
}
