/// Repeatable randomness of the tests' own, so that the generator of the sources is not judged by itself (xorshift64*).
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = (seed &+ 1) &* 2_685_821_657_736_338_717 | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: choices.indices, using: &self)]
    }

    mutating func chance(_ one: Int, of all: Int) -> Bool { Int.random(in: 0..<all, using: &self) < one }

    /// A number of which every order of magnitude is equally likely.
    mutating func spread(_ range: ClosedRange<UInt64>) -> UInt64 {
        let least = 64 - range.lowerBound.leadingZeroBitCount
        let most = 64 - range.upperBound.leadingZeroBitCount
        let bits = Int.random(in: least...most, using: &self)
        let top: UInt64 = bits == 64 ? .max : (1 << UInt64(bits)) - 1
        return min(max(UInt64.random(in: (top >> 1)...top, using: &self), range.lowerBound), range.upperBound)
    }
}
