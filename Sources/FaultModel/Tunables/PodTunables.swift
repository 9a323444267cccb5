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

// MARK: - What the documents of pod faults have word for word in common

extension PodTunables {
    /// The heading about the choice of pods.
    static func targeting<Subject>(
        pods: WritablePropertyPath<Subject, [PodName]>,
        container: WritablePropertyPath<Subject, ContainerName?>,
        nodeLabel: WritablePropertyPath<Subject, LabelSelector?>,
        share: WritablePropertyPath<Subject, Percentage>,
        sequence: WritablePropertyPath<Subject, InjectionSequence>
    ) -> TunableGroup<Subject> {
        TunableGroup(
            "Targeting",
            [
                TunableField(Self.targetPods, pods),
                TunableField(Self.targetContainer, container),
                TunableField(Self.nodeLabel, nodeLabel),
                TunableField(Self.podAffectedPercentage, share),
                TunableField(CommonTunables.sequence, sequence),
            ])
    }

    /// The heading about the way into the pods.
    static func runtimeAndHelper<Subject>(
        runtime: WritablePropertyPath<Subject, ContainerRuntime>,
        socket: WritablePropertyPath<Subject, UnixSocketPath>,
        rampTime: WritablePropertyPath<Subject, Duration>
    ) -> TunableGroup<Subject> {
        TunableGroup(
            "Runtime and helper",
            [
                TunableField(Self.containerRuntime, runtime),
                TunableField(Self.socketPath, socket),
                TunableField(CommonTunables.rampTime, rampTime),
            ])
    }

    /// How many pods a share means.
    static func targetCounts(of share: Percentage) -> DerivedFigure {
        let counts = [1, 3, 4, 10].map { "\(TargetShare.percentage(share, rounding: .down).count(of: $0)) of \($0)" }
        return DerivedFigure(
            "pods", counts.joined(separator: ", "),
            "POD_AFFECTED_PERCENTAGE of the workload's pods, rounded down, at least one")
    }

    /// What the documents ask for on the cluster.
    static let serviceAccount = PermissionGrant(
        "the chaos service account",
        .kubernetes([
            .init(
                resources: ["pods"], verbs: ["get", "list", "create", "delete", "deletecollection", "patch", "update"]),
            .init(resources: ["pods/log"], verbs: ["get", "list", "watch"]),
            .init(
                apiGroup: "apps", resources: ["deployments", "statefulsets", "replicasets", "daemonsets"],
                verbs: ["get", "list"]),
            .init(resources: ["events"], verbs: ["get", "list", "create", "patch", "update"]),
            .init(
                apiGroup: "batch", resources: ["jobs"], verbs: ["get", "list", "create", "delete", "deletecollection"]),
        ]))
}
