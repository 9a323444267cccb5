import FaultModel
import ResetPeer
import Testing

/// Whether each of so many arrivals is selected.
func pattern(
    _ selection: Selection, seed: UInt64, arrivals: Int, name: String = "rule", fingerprint: UInt64 = 7
) -> [Bool] {
    var chooser = Chooser(seed: seed)
    let rule = ResetRule(
        id: ResetRule.ID(1), name: name, disruption: ResetDisruption(selection: selection), armedAt: .zero)
    return (0..<arrivals).map { _ in
        chooser.choose(RequestFingerprint(value: fingerprint), under: rule).isSelected
    }
}

@Suite struct ChooserTests {
    static let seeds = (0..<200).map { UInt64($0) &* 0x0123_4567_89AB_CDEF }

    @Test("the count is exact at the end of every block, on every seed", arguments: [0, 1, 7, 30, 50, 99, 100])
    func exactFraction(share: Int) throws {
        let percentage = try #require(Percentage(share))
        let wrong = Self.seeds.filter { seed in
            let chosen = pattern(.exactFraction(percentage), seed: seed, arrivals: 200)
            return chosen[..<100].count { $0 } != share || chosen[100...].count { $0 } != share
        }
        #expect(wrong.isEmpty)
    }

    @Test("thirty percent is three of every ten, in more than one arrangement")
    func blocks() {
        var arrangements: Set<[Bool]> = []
        var hits = Array(repeating: 0, count: 10)
        for seed in Self.seeds {
            let chosen = pattern(.exactFraction(30), seed: seed, arrivals: 150)
            for start in stride(from: 0, to: 150, by: 10) {
                let block = Array(chosen[start..<start + 10])
                arrangements.insert(block)
                for place in block.indices where block[place] { hits[place] += 1 }
            }
        }
        // All 120 ways are possible; a shuffle with a short period would miss many.
        #expect(arrangements.count == 120)
        #expect(arrangements.allSatisfy { $0.count { $0 } == 3 })
        // 3000 blocks: six standard deviations are 151. A shuffle that leaves a place alone misses by more.
        #expect(hits.allSatisfy { (749...1051).contains($0) })
    }

    static let drawn: [Selection] = [.exactFraction(30), .keyedDraw(30), .independentDraw(30)]

    @Test("the same seed repeats, another seed or name does not", arguments: drawn)
    func seeds(selection: Selection) {
        let first = pattern(selection, seed: 1, arrivals: 200)
        #expect(pattern(selection, seed: 1, arrivals: 200) == first)
        #expect(pattern(selection, seed: 2, arrivals: 200) != first)
        #expect(pattern(selection, seed: 1, arrivals: 200, name: "other") != first)
    }

    @Test("draws hit about their share", arguments: [Selection.keyedDraw(30), .independentDraw(30)])
    func share(selection: Selection) {
        let count = Self.seeds.map { pattern(selection, seed: $0, arrivals: 100).count { $0 } }.reduce(0, +)
        // 20,000 draws: six standard deviations are 389.
        #expect((5611...6389).contains(count))
    }

    static let certain: [(selection: Selection, chosen: [Int])] = [
        (.first(0), []), (.first(-1), []), (.first(2), [1, 2]), (.first(99), Array(1...8)),
        (.every(0), []), (.every(-2), []), (.every(1), Array(1...8)), (.every(3), [3, 6]),
        (.ordinals([]), []), (.ordinals([0, 2, 8, 9]), [2, 8]),
        (.all, Array(1...8)), (.keyedDraw(0), []), (.keyedDraw(100), Array(1...8)),
        (.independentDraw(0), []), (.independentDraw(100), Array(1...8)), (.exactFraction(0), []),
    ]

    @Test("selections that need no seed", arguments: certain)
    func certainSelection(row: (selection: Selection, chosen: [Int])) {
        for seed in Self.seeds.prefix(5) {
            let chosen = pattern(row.selection, seed: seed, arrivals: 8)
            #expect((1...8).filter { chosen[$0 - 1] } == row.chosen)
        }
    }

    @Test("a rule that changes its share under way gives a choice each time")
    func changingShare() {
        var chooser = Chooser(seed: 1)
        for arrival in 1...400 {
            let share = Percentage([0, 100, 30, 99, 50][arrival % 5]) ?? .zero
            _ = chooser.choose(
                RequestFingerprint(value: 1), under: rule(1, ResetDisruption(selection: .exactFraction(share))))
        }
        let ground = chooser.choose(RequestFingerprint(value: 1), under: rule()).ground
        #expect(ground == .arrival(401))
    }

    @Test("rules count on their own, and one that was disarmed starts anew")
    func progress() {
        var chooser = Chooser(seed: 1)
        let first = rule(1, ResetDisruption(selection: .first(1)))
        let second = rule(2, ResetDisruption(selection: .first(1)))
        func choose(_ rule: ResetRule) -> Bool {
            chooser.choose(RequestFingerprint(value: 1), under: rule).isSelected
        }
        #expect(choose(first))
        #expect(choose(second))
        #expect(!choose(first))
        chooser.keepOnly([second])
        #expect(choose(first))
        #expect(!choose(second))
    }

    @Test("the ground of a keyed draw counts each fingerprint, in the form of the log")
    func ground() {
        var chooser = Chooser(seed: 1)
        let keyed = rule(1, ResetDisruption(selection: .keyedDraw(50)))
        let grounds = [10, 11, 10].map {
            chooser.choose(RequestFingerprint(value: $0), under: keyed).ground.description
        }
        #expect(grounds == ["request:a/1", "request:b/1", "request:a/2"])
        #expect(chooser.choose(RequestFingerprint(value: 1), under: rule(2)).ground.description == "arrival:1")
    }
}
