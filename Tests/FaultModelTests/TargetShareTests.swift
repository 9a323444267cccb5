import FaultModel
import Testing

@Suite("Shares of targets")
struct TargetShareTests {
    static let percentages: [Percentage] = [0, 1, 10, 33, 50, 99, 100]

    @Test(
        "Rounded down, at least one, as Litmus does it",
        arguments: [
            (1, [1, 1, 1, 1, 1, 1, 1]), (3, [1, 1, 1, 1, 1, 2, 3]), (4, [1, 1, 1, 1, 2, 3, 4]),
            (10, [1, 1, 1, 3, 5, 9, 10]), (0, [0, 0, 0, 0, 0, 0, 0]),
        ])
    func down(total: Int, counts: [Int]) {
        #expect(Self.percentages.map { TargetShare.percentage($0).count(of: total) } == counts)
    }

    @Test(
        "The other policies",
        arguments: [
            (3, .up, [1, 1, 1, 1, 2, 3, 3]), (4, .up, [1, 1, 1, 2, 2, 4, 4]), (10, .up, [1, 1, 1, 4, 5, 10, 10]),
            (3, .nearest, [1, 1, 1, 1, 2, 3, 3]), (5, .nearest, [1, 1, 1, 2, 3, 5, 5]),
            (10, .nearest, [1, 1, 1, 3, 5, 10, 10]), (0, .up, [0, 0, 0, 0, 0, 0, 0]),
        ] as [(Int, Rounding, [Int])])
    func others(total: Int, rounding: Rounding, counts: [Int]) {
        #expect(Self.percentages.map { TargetShare.percentage($0, rounding: rounding).count(of: total) } == counts)
    }

    @Test("What other tools clamp, more than 100 %, is written as all", arguments: [(0, 0), (1, 1), (3, 3), (10, 10)])
    func all(total: Int, count: Int) {
        #expect(TargetShare.all.count(of: total) == count)
        let tooMuch = 150
        #expect(Percentage(tooMuch) == nil)
    }

    @Test(
        "One and a number",
        arguments: [
            (.one, 5, 1), (.one, 0, 0), (.count(2), 5, 2), (.count(9), 5, 5), (.count(0), 5, 1), (.count(-1), 5, 1),
            (.count(.max), 0, 0),
        ] as [(TargetShare, Int, Int)])
    func counts(share: TargetShare, total: Int, count: Int) {
        #expect(share.count(of: total) == count)
    }

    @Test("No number of targets is too large", arguments: Rounding.allCases)
    func extremes(rounding: Rounding) {
        #expect(TargetShare.percentage(100, rounding: rounding).count(of: .max) == .max)
        #expect(TargetShare.percentage(50, rounding: rounding).count(of: 1_000_000_000_000) == 500_000_000_000)
    }

    @Test("A negative number of targets stops the program")
    func negative() async {
        await #expect(processExitsWith: .failure) { _ = TargetShare.all.count(of: -1) }
    }

    @Test(
        "A share in words",
        arguments: [
            (.one, "one"), (.all, "all"), (.count(3), "3"), (.percentage(30), "30 %, rounded down"),
            (.percentage(30, rounding: .nearest), "30 %, rounded to the nearest"),
        ] as [(TargetShare, String)])
    func words(share: TargetShare, text: String) {
        #expect(share.description == text)
    }
}
