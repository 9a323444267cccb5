/// The targets that a fault would hit, and those it would spare, with the reason for each.
///
/// It is a value without effect, to be shown before anything happens:
///
/// ```
/// 2 of 5 pods: shop/web-1, shop/web-3; spared: shop/web-0, shop/web-2 (not drawn), shop/web-4 (not running: pending)
/// ```
public struct AffectedSet<Candidate: TargetCandidate>: Hashable, Sendable {
    /// A target that is not hit.
    public struct Spared: Hashable, Sendable {
        /// The target.
        public let candidate: Candidate
        /// Why it is not hit.
        public let reason: SparingReason
    }

    /// The targets to hit in the order of their identity, at least one.
    public let chosen: [Candidate]
    /// The others in the order of their identity.
    public let spared: [Spared]

    /// Takes a share of the candidates that qualify.
    ///
    /// - Parameters:
    ///   - candidates: The candidates in the order of their identity, each once.
    ///   - share: How many of those that qualify are hit.
    ///   - seed: What the choice follows from.
    ///   - reason: Why a candidate does not qualify; nothing when it does.
    /// - Throws: That none qualifies.
    init(
        of candidates: [Candidate],
        share: TargetShare,
        seed: UInt64,
        sparing reason: (Candidate) -> SparingReason?
    ) throws(TargetSelectionError) {
        let judged = candidates.map { (candidate: $0, reason: reason($0)) }
        let ranked = judged.filter { $0.reason == nil }.map(\.candidate).ranked(seed: seed)
        let drawn = Set(ranked.prefix(share.count(of: ranked.count)))
        chosen = candidates.filter { drawn.contains($0) }
        spared = judged.filter { !drawn.contains($0.candidate) }.map {
            Spared(candidate: $0.candidate, reason: $0.reason ?? .notDrawn)
        }
        if chosen.isEmpty { throw .allSpared(Self.text(of: spared), plural: Candidate.plural) }
    }
}

/// Why a target is not hit.
public enum SparingReason: Hashable, Sendable {
    /// Others were named.
    case notNamed
    /// Its node lacks the label asked for.
    case onOtherNode
    /// It belongs to another service.
    case inOtherService
    /// It does not run; the state is the platform's word for what it does instead.
    case notRunning(state: String)
    /// It qualifies, and the seed drew others.
    case notDrawn
}

extension SparingReason: CustomStringConvertible {
    /// The reason in words, as in `not running: pending`.
    public var description: String {
        switch self {
        case .notNamed: "not named"
        case .onOtherNode: "on another node"
        case .inOtherService: "in another service"
        case .notRunning(let state): "not running: \(state.printable())"
        case .notDrawn: "not drawn"
        }
    }
}

extension AffectedSet: CustomStringConvertible {
    /// Everything on one line: how many, which, and which not for what reason.
    public var description: String {
        let names = chosen.map(\.description).joined(separator: ", ")
        let line = "\(chosen.count) of \(chosen.count + spared.count) \(Candidate.plural): \(names)"
        return spared.isEmpty ? line : "\(line); spared: \(Self.text(of: spared))"
    }

    /// The spared with their reasons, those of one reason together.
    static func text(of spared: [Spared]) -> String {
        var groups: [(reason: SparingReason, names: [String])] = []
        for target in spared {
            if let index = groups.firstIndex(where: { $0.reason == target.reason }) {
                groups[index].names.append(target.candidate.description)
            } else {
                groups.append((target.reason, [target.candidate.description]))
            }
        }
        return groups.map { "\($0.names.joined(separator: ", ")) (\($0.reason))" }.joined(separator: ", ")
    }
}
