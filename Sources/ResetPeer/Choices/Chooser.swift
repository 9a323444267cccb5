import FaultModel

/// Picks requests for the armed rules, all from one seed.
///
/// One chooser serves all connections of a proxy, so that an exact fraction is exact over all of them.
public struct Chooser: Sendable {
    /// The seed of the run.
    public let seed: UInt64

    private var progress: [ResetRule.ID: Progress] = [:]

    private struct Progress: Sendable {
        let key: UInt64
        var arrivals = 0
        var block: [Bool] = []
        var blockIdentity: BlockIdentity?
        var occurrences: [UInt64: Int] = [:]
    }

    private struct BlockIdentity: Hashable, Sendable {
        let share: Percentage
        let number: Int
    }

    /// Fingerprints whose occurrences are counted; further ones count as first occurrences, so that a client which
    /// never repeats a target cannot grow the table.
    static let mostFingerprints = 65_536

    /// Creates a chooser.
    ///
    /// - Parameter seed: The seed of the run; the same seed and arrivals give the same choices.
    public init(seed: UInt64) {
        self.seed = seed
    }

    /// Forgets all other rules.
    ///
    /// - Parameter rules: The rules that are armed now, or may be armed again.
    public mutating func keepOnly(_ rules: [ResetRule]) {
        let armed = Set(rules.map(\.id))
        progress = progress.filter { armed.contains($0.key) }
    }

    /// Goes on under one rule where another was.
    ///
    /// - Parameters:
    ///   - earlier: A rule that is no longer armed; it is forgotten.
    ///   - rule: The rule that takes its place.
    package mutating func carryOver(from earlier: ResetRule, to rule: ResetRule) {
        progress[rule.id] = progress.removeValue(forKey: earlier.id)
    }

    /// Decides one arrival under one rule.
    ///
    /// - Parameters:
    ///   - fingerprint: The fingerprint of the request; of the first one for a whole connection.
    ///   - rule: The rule.
    /// - Returns: The choice and its ground.
    public mutating func choose(_ fingerprint: RequestFingerprint, under rule: ResetRule) -> Choice {
        let seed = seed
        return Self.choose(
            fingerprint, rule.disruption.selection,
            &progress[rule.id, default: Progress(key: SplitMix64.mix(seed ^ StableHash.hash(rule.name)))])
    }

    private static func choose(
        _ fingerprint: RequestFingerprint, _ selection: Selection, _ progress: inout Progress
    ) -> Choice {
        progress.arrivals += 1
        let place = progress.arrivals
        let isSelected: Bool
        switch selection {
        case .exactFraction(let share):
            isSelected = exactFraction(share, place, &progress)
        case .keyedDraw(let share):
            let occurrence = occurrence(of: fingerprint.value, &progress)
            var hash = StableHash()
            hash.combine(progress.key)
            hash.combine(fingerprint.value)
            hash.combine(UInt64(occurrence))
            return Choice(
                isSelected: Self.draw(hash.value, isBelow: share),
                ground: .fingerprint(fingerprint.value, occurrence: occurrence))
        case .independentDraw(let share):
            isSelected = draw(SplitMix64.mix(progress.key &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15), isBelow: share)
        case .first(let count):
            isSelected = place <= count
        case .every(let period):
            isSelected = period > 0 && place.isMultiple(of: period)
        case .ordinals(let ordinals):
            isSelected = ordinals.contains(place)
        }
        return Choice(isSelected: isSelected, ground: .arrival(place))
    }

    /// Three of every ten: each block of ten arrivals has its three places drawn anew, so the count is exact at the end
    /// of every block and no pattern repeats.
    private static func exactFraction(_ share: Percentage, _ place: Int, _ progress: inout Progress) -> Bool {
        if share == .zero { return false }
        if share == .hundred { return true }
        let divisor = greatestCommonDivisor(share.value, 100)
        let length = 100 / divisor
        let (block, index) = (place - 1).quotientAndRemainder(dividingBy: length)
        let identity = BlockIdentity(share: share, number: block)
        if progress.blockIdentity != identity {
            // Not only at its first place: a rule may change its share in the middle of a block.
            progress.blockIdentity = identity
            var generator = SplitMix64(seed: progress.key &+ UInt64(block) &* 0xD134_2543_DE82_EF95)
            progress.block = Array(repeating: false, count: length)
            for place in 0..<share.value / divisor { progress.block[place] = true }
            // Fisher and Yates written out: the standard library may change how it shuffles, and a seed must not.
            for place in stride(from: length - 1, to: 0, by: -1) {
                let other = Int(generator.next().multipliedFullWidth(by: UInt64(place + 1)).high)
                progress.block.swapAt(place, other)
            }
        }
        return progress.block[index]
    }

    private static func occurrence(of fingerprint: UInt64, _ progress: inout Progress) -> Int {
        if let known = progress.occurrences[fingerprint] {
            progress.occurrences[fingerprint] = known + 1
            return known + 1
        }
        if progress.occurrences.count < mostFingerprints { progress.occurrences[fingerprint] = 1 }
        return 1
    }

    private static func draw(_ word: UInt64, isBelow share: Percentage) -> Bool {
        word.multipliedFullWidth(by: 100).high < UInt64(share.value)
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}
