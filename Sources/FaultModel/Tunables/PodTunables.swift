/// Tunables that the documents of Kubernetes pod faults share: which pods, and how to get into them.
public enum PodTunables {
    /// The pods by name.
    public static let targetPods = Tunable(
        "TARGET_PODS", .list(of: .text, empty: "to choose by POD_AFFECTED_PERCENTAGE"), default: [PodName](),
        layer: .targeting,
        summary: "The pods to hit, by name; without names a share of the workload's pods is chosen.")

    /// The container whose network namespace is entered.
    public static let targetContainer = Tunable(
        "TARGET_CONTAINER", .optional(.text, empty: "for the first container"), default: ContainerName?.none,
        layer: .targeting,
        summary: "The container whose network namespace is entered; all containers of a pod share one.")

    /// The nodes whose pods may be hit.
    public static let nodeLabel = Tunable(
        "NODE_LABEL", .optional(.text, empty: "for all nodes"), default: LabelSelector?.none, layer: .targeting,
        summary: "A label selector for the nodes whose pods may be hit.")

    /// The share of the workload's pods.
    public static let podAffectedPercentage = Tunable(
        "POD_AFFECTED_PERCENTAGE", .percentage, default: 0, layer: .targeting, aliases: ["PODS_AFFECTED_PERC"],
        hint: "use 100 for every pod, 0 for one pod",
        summary: "The share of the workload's pods to hit; 0 means one pod.")

    /// The container runtime of the nodes.
    public static let containerRuntime = Tunable(
        "CONTAINER_RUNTIME", .choice("container runtime"), default: ContainerRuntime.containerd, layer: .targeting,
        summary: "The container runtime of the target nodes.")

    /// The socket of the container runtime.
    public static let socketPath = Tunable(
        "SOCKET_PATH", .text, default: ContainerRuntime.containerd.standardSocketPath, layer: .targeting,
        summary: "The socket of the container runtime on the target nodes; it goes with CONTAINER_RUNTIME.")
}
