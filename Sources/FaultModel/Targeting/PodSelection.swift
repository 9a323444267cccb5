/// Which pods of a workload a fault hits.
///
/// Where documents and tools disagree, this is the careful reading: names and node label both have to hold, a name that does
/// not exist is an error, and nothing ever turns into "all pods" by itself.
///
/// ```swift
/// let selection = PodSelection(share: .percentage(40), seed: 7)
/// print(try selection.choose(from: pods))  // 2 of 5 pods: …; spared: …
/// ```
public struct PodSelection: Hashable, Sendable {
    /// The pods by name; empty to choose a share of the workload.
    public var names: [PodName]
    /// What the node of a pod must be labeled.
    public var nodeLabel: LabelSelector?
    /// How many of the pods that qualify are hit; without effect beside names.
    public var share: TargetShare
    /// What the choice of a share follows from, together with the identities of the pods.
    public var seed: UInt64
    /// Whether pods may be hit that use the network of their node.
    public var allowsHostNetwork: Bool

    /// Describes a choice.
    ///
    /// - Parameters:
    ///   - names: The pods by name; empty to choose a share of the workload.
    ///   - nodeLabel: What the node of a pod must be labeled.
    ///   - share: How many of the pods that qualify are hit; without effect beside names.
    ///   - seed: What the choice of a share follows from.
    ///   - allowsHostNetwork: Whether pods may be hit that use the network of their node, and with them the whole node.
    public init(
        names: [PodName] = [],
        nodeLabel: LabelSelector? = nil,
        share: TargetShare = .one,
        seed: UInt64,
        allowsHostNetwork: Bool = false
    ) {
        self.names = names
        self.nodeLabel = nodeLabel
        self.share = share
        self.seed = seed
        self.allowsHostNetwork = allowsHostNetwork
    }

    /// Chooses among the pods of a workload.
    ///
    /// A share is taken of the pods that qualify, not of all that there are.
    ///
    /// - Parameter candidates: The pods of the workload in any order.
    /// - Returns: The pods to hit, at least one, and the others with the reason.
    /// - Throws: Why no pod can be hit, or why the selection means something dangerous.
    public func choose(
        from candidates: some Sequence<PodCandidate>
    ) throws(TargetSelectionError) -> AffectedSet<PodCandidate> {
        let pods = candidates.sortedByIdentity()
        if pods.isEmpty { throw .noCandidates(plural: PodCandidate.plural) }
        try checkNames(pods)
        let wanted = Set(names)
        let onHostNetwork = pods.filter { $0.usesHostNetwork && reason(toSpare: $0, wanted: wanted) == nil }
        if !allowsHostNetwork, !onHostNetwork.isEmpty { throw .hostNetwork(onHostNetwork.map(\.identity)) }
        return try AffectedSet(of: pods, share: names.isEmpty ? share : .all, seed: seed) { pod in
            reason(toSpare: pod, wanted: wanted)
        }
    }

    private func reason(toSpare pod: PodCandidate, wanted: Set<PodName>) -> SparingReason? {
        if !wanted.isEmpty, !wanted.contains(pod.name) { return .notNamed }
        if let nodeLabel, !nodeLabel.matches(pod.nodeLabels) { return .onOtherNode }
        return pod.stateUnlessRunning.map { .notRunning(state: $0) }
    }

    /// Every name belongs to exactly one pod.
    private func checkNames(_ pods: [PodCandidate]) throws(TargetSelectionError) {
        let known = Dictionary(grouping: pods, by: \.name)
        var seen: Set<PodName> = []
        let missing = names.filter { known[$0] == nil && seen.insert($0).inserted }
        if !missing.isEmpty {
            let existing = pods.map(\.name.text)
            throw .missing(
                missing.map { .init(name: $0.text, nearest: NearestName.find($0.text, in: existing)) },
                plural: PodCandidate.plural)
        }
        let ambiguous = Set(names).flatMap { name in
            known[name].flatMap { $0.count > 1 ? $0.map(\.identity) : nil } ?? []
        }
        if !ambiguous.isEmpty { throw .ambiguous(ambiguous.sorted(), plural: PodCandidate.plural) }
    }
}
