/// The rule by which requests, or connections, are picked.
///
/// Every choice is a function of the seed, so a run repeats.
public enum Selection: Hashable, Sendable {
    /// Exactly this share of what arrives: with 30 %, three of every ten in order of arrival, at positions that the seed
    /// shuffles. The count is exact whatever the interleaving of connections.
    case exactFraction(Percentage)
    /// A draw keyed by seed, rule, request fingerprint and occurrence: thread timing cannot change which request is hit.
    case keyedDraw(Percentage)
    /// An independent draw for each arrival. The count varies from seed to seed.
    case independentDraw(Percentage)
    /// The first so many, then none.
    case first(Int)
    /// The n-th, the 2n-th and so on.
    case every(Int)
    /// Exactly these, counted from 1 in order of arrival.
    case ordinals(Set<Int>)

    /// Everything that arrives.
    public static let all: Selection = .exactFraction(.hundred)
}
