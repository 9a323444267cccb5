import Experiments
import Testing

@Suite struct ComparisonTests {
    struct Row: Sendable {
        let comparison: Comparison<Int>
        let words: String
        /// Of the numbers from 0 to 5.
        let holding: [Int]
    }

    static let rows = [
        Row(comparison: 3, words: "exactly 3", holding: [3]),
        Row(comparison: .equal(to: 3), words: "exactly 3", holding: [3]),
        Row(comparison: .notEqual(to: 3), words: "anything but 3", holding: [0, 1, 2, 4, 5]),
        Row(comparison: .less(than: 3), words: "less than 3", holding: [0, 1, 2]),
        Row(comparison: .atMost(3), words: "at most 3", holding: [0, 1, 2, 3]),
        Row(comparison: .greater(than: 3), words: "more than 3", holding: [4, 5]),
        Row(comparison: .atLeast(3), words: "at least 3", holding: [3, 4, 5]),
        Row(comparison: .between(2...4), words: "between 2 and 4", holding: [2, 3, 4]),
        Row(comparison: .oneOf([5, 1, 3]), words: "one of 5, 1 and 3", holding: [1, 3, 5]),
        Row(comparison: .oneOf([4]), words: "exactly 4", holding: [4]),
    ]

    @Test(arguments: rows) func whatHoldsIsWhatTheWordsSay(row: Row) {
        #expect((0...5).filter { row.comparison.holds(for: $0) } == row.holding)
        #expect(row.comparison.description == row.words)
    }

    @Test func lengthsOfTimeAreWordedAsElsewhere() {
        #expect(Comparison.atMost(Duration.milliseconds(300)).description == "at most 300 ms")
        #expect(Comparison.between(Duration.seconds(1)...(.seconds(2))).description == "between 1 s and 2 s")
    }

    @Test(arguments: [
        Comparison<Double>.notEqual(to: 1), .atMost(.infinity), .oneOf([.nan]), .between(-.infinity ... .infinity),
    ])
    func whatIsNoNumberHoldsForNothing(comparison: Comparison<Double>) {
        #expect(!comparison.holds(for: .nan))
    }

    @Test func anEmptyListIsAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = Comparison<Int>.oneOf([]) }
        await #expect(processExitsWith: .failure) { _ = TextComparison.oneOf([]) }
    }
}
