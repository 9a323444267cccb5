/// Something that a fault might hit, as the platform lists it.
public protocol TargetCandidate: Hashable, Sendable, CustomStringConvertible {
    /// What several of them are called, as in `pods`.
    static var plural: String { get }
    /// What tells one from every other, for people as well, as in `shop/web-0`.
    var identity: String { get }
}

extension TargetCandidate {
    /// The identity.
    public var description: String { identity.printable() }
}

extension Sequence where Element: TargetCandidate {
    /// The candidates by their identity, each once.
    ///
    /// The order in which a platform lists them, and listing one twice, can then not change what is chosen.
    func sortedByIdentity() -> [Element] {
        var seen: Set<String> = []
        return filter { seen.insert($0.identity).inserted }.sorted { $0.identity < $1.identity }
    }

    /// The candidates in an order that the seed draws, of which a share takes the first.
    ///
    /// Each gets a rank of its own from the seed and its identity. A larger share therefore holds every target of a smaller
    /// one, and a target that comes or goes moves no other: checking again after the ramp keeps what it can.
    func ranked(seed: UInt64) -> [Element] {
        let ranks = map { candidate -> (rank: UInt64, candidate: Element) in
            var hash = StableHash()
            hash.combine(seed)
            hash.combine(StableHash.hash(candidate.identity))
            return (hash.value, candidate)
        }
        return ranks.sorted { ($0.rank, $0.candidate.identity) < ($1.rank, $1.candidate.identity) }.map(\.candidate)
    }
}
