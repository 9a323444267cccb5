/// A Kubernetes pod that a fault might hit.
public struct PodCandidate: TargetCandidate {
    /// Where a pod stands in its life, in the words of Kubernetes.
    public enum Phase: String, Hashable, Sendable, CaseIterable {
        /// Accepted, its containers do not run yet.
        case pending = "Pending"
        /// At least one container runs.
        case running = "Running"
        /// Every container ended well.
        case succeeded = "Succeeded"
        /// Every container ended, one of them badly.
        case failed = "Failed"
        /// The node does not answer.
        case unknown = "Unknown"
    }

    /// What several of them are called.
    public static var plural: String { "pods" }

    /// The namespace.
    public let namespace: String
    /// The name, of which each namespace has one.
    public let name: PodName
    /// The labels of the pod.
    public let labels: [String: String]
    /// The labels of the node it runs on.
    public let nodeLabels: [String: String]
    /// Whether it uses the network of its node.
    public let usesHostNetwork: Bool
    /// Where it stands in its life.
    public let phase: Phase
    /// Whether it has been told to end; such a pod still counts as running.
    public let isTerminating: Bool

    /// Describes a pod.
    ///
    /// - Parameters:
    ///   - namespace: The namespace.
    ///   - name: The name.
    ///   - labels: The labels of the pod.
    ///   - nodeLabels: The labels of the node it runs on.
    ///   - usesHostNetwork: Whether it uses the network of its node.
    ///   - phase: Where it stands in its life.
    ///   - isTerminating: Whether it has been told to end.
    public init(
        namespace: String,
        name: PodName,
        labels: [String: String] = [:],
        nodeLabels: [String: String] = [:],
        usesHostNetwork: Bool = false,
        phase: Phase = .running,
        isTerminating: Bool = false
    ) {
        self.namespace = namespace
        self.name = name
        self.labels = labels
        self.nodeLabels = nodeLabels
        self.usesHostNetwork = usesHostNetwork
        self.phase = phase
        self.isTerminating = isTerminating
    }

    /// Namespace and name, as in `shop/web-0`.
    public var identity: String { "\(namespace)/\(name)" }

    /// What it does instead of running, in a word; nothing when it runs.
    var stateUnlessRunning: String? {
        if phase != .running { return phase.rawValue.lowercased() }
        return isTerminating ? "terminating" : nil
    }
}
