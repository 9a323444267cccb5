/// A fault of Kubernetes pods; all of them choose their pods by the same tunables.
public protocol PodFault: Fault {
    /// The pods by name; empty chooses by ``podAffectedPercentage``.
    var targetPods: [PodName] { get }
    /// The nodes whose pods may be hit; absent for all.
    var nodeLabel: LabelSelector? { get }
    /// The share of the workload's pods; 0 means one pod.
    var podAffectedPercentage: Percentage { get }
}

extension PodFault {
    /// Which of a workload's pods the fault hits.
    ///
    /// ```swift
    /// print(try fault.podSelection(seed: 7).choose(from: pods))  // 2 of 5 pods: shop/web-1, shop/web-3; spared: …
    /// ```
    ///
    /// - Parameters:
    ///   - seed: What the choice of a share follows from.
    ///   - allowsHostNetwork: Whether pods may be hit that use the network of their node, and with them the whole node.
    /// - Returns: The selection, to be shown or carried out.
    public func podSelection(seed: UInt64, allowsHostNetwork: Bool = false) -> PodSelection {
        PodSelection(
            names: targetPods, nodeLabel: nodeLabel, share: .percentage(podAffectedPercentage, rounding: .down),
            seed: seed, allowsHostNetwork: allowsHostNetwork)
    }
}
