/// A small seeded generator with a full period of 2^64 (Steele, Lea and Flood, 2014).
///
/// The system's generator would make runs unrepeatable and costs two hundred times as much.
package struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    /// Starts at a seed.
    ///
    /// - Parameter seed: Any number; the same number gives the same sequence.
    package init(seed: UInt64) { state = seed }

    /// The next number of the sequence.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// The finalizer: every bit of the argument changes about half of the result.
    package static func mix(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
