import Testing

@testable import FaultModel

@Suite struct DurationDistributionTests {
    private static func distribution(_ nanoseconds: some Sequence<Int64>) -> DurationDistribution {
        var distribution = DurationDistribution()
        for sample in nanoseconds { distribution.add(.nanoseconds(sample)) }
        return distribution
    }

    @Test func nothingHasNoExtremes() {
        let none = DurationDistribution()
        #expect(none.count == 0)
        #expect(none.minimum == nil && none.maximum == nil && none.median == nil)
    }

    /// Every doubling and its neighbors, the ends of the numbers, and what lies before zero.
    private static let edges: [Int64] =
        (0..<63).flatMap { (exponent: Int64) -> [Int64] in
            let power: Int64 = 1 << exponent
            return [power - 1, power, power + 1]
        } + [.max, -1, .min]

    @Test(arguments: edges)
    func oneSampleIsExact(nanoseconds: Int64) {
        let one = Self.distribution([nanoseconds])
        #expect(one.count == 1)
        for share: Percentage in [0, 1, 50, 99, 100] { #expect(one.quantile(share) == .nanoseconds(nanoseconds)) }
    }

    @Test func bucketsFollowEachOtherWithoutHoles() {
        let last = DurationDistribution.bucket(for: .max)
        for bucket in 0..<last {
            let end = DurationDistribution.upperBound(ofBucket: bucket)
            #expect(DurationDistribution.bucket(for: end) == bucket)
            #expect(DurationDistribution.bucket(for: end + 1) == bucket + 1)
        }
        #expect(DurationDistribution.upperBound(ofBucket: last) == .max)
    }

    @Test(arguments: [0, 1, 10, 25, 50, 75, 90, 99, 100] as [Percentage])
    func quantilesAreWithinThreePercentAbove(share: Percentage) throws {
        let exact = (0..<1000).map { Int64($0) * Int64($0) * 17 }
        let estimate = try #require(Self.distribution(exact.reversed()).quantile(share))
        let figure = Duration.nanoseconds(exact[max(0, share.value * 10 - 1)])
        #expect(estimate >= figure)
        #expect(estimate <= figure + figure / 32)
    }
}
