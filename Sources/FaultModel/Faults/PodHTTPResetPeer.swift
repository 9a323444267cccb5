/// Resets the TCP connections of HTTP requests to a Kubernetes pod, a given time after the request arrived.
///
/// The client sees "connection reset by peer", as if a load balancer or a firewall had killed the connection in the middle
/// of the request; the service may have done its work. Requests that are not chosen pass untouched.
///
/// ```swift
/// PodHTTPResetPeer(toxicity: 30, resetTimeout: .milliseconds(500))
/// ```
///
/// On the wire: the timer starts when the request was received, each request is decided anew, a chosen one is forwarded and
/// its answer withheld, and connections from before the fault are hit too. Where the document is silent, ``choosing`` and
/// ``options`` decide.
public struct PodHTTPResetPeer: PodFault {
    /// The share of requests whose connection is reset.
    public var toxicity: Percentage
    /// The time from the received request to the RST, in whole milliseconds; zero resets at once.
    public var resetTimeout: Duration
    /// The port the target container listens on.
    public var targetServicePort: PortNumber
    /// How long the fault lasts, in whole seconds.
    public var totalChaosDuration: Duration

    /// The port the proxy listens on inside the network namespace of the container.
    public var proxyPort: PortNumber
    /// The interface inside that namespace whose traffic is intercepted.
    public var networkInterface: InterfaceSelection

    /// The pods by name; empty chooses by ``podAffectedPercentage``.
    public var targetPods: [PodName]
    /// The container whose network namespace is entered; absent for the first.
    public var targetContainer: ContainerName?
    /// The nodes whose pods may be hit; absent for all.
    public var nodeLabel: LabelSelector?
    /// The share of the workload's pods; 0 means one pod.
    public var podAffectedPercentage: Percentage
    /// Whether several pods are hit at once or one after another.
    public var sequence: InjectionSequence

    /// The container runtime of the target nodes.
    public var containerRuntime: ContainerRuntime
    /// The socket of the container runtime on the target nodes.
    public var socketPath: UnixSocketPath
    /// The wait before the fault and again after it, in whole seconds.
    public var rampTime: Duration

    /// How the share of ``toxicity`` is turned into single requests.
    ///
    /// Ours, not the document's: it has no key.
    public var choosing: RequestChoice
    /// What else the document leaves open.
    ///
    /// Ours, not the document's: it has no key.
    public var options: ResetOptions

    /// Creates the fault; what is left out has the document's default.
    ///
    /// - Parameters:
    ///   - toxicity: The share of requests whose connection is reset, 0 to 100 percent.
    ///   - resetTimeout: Time from the received request to the RST, whole milliseconds from 0 to 86 400 000 (a day).
    ///   - targetServicePort: The port the target container listens on.
    ///   - totalChaosDuration: How long the fault lasts, whole seconds from 1.
    ///   - proxyPort: The port of the proxy inside the container's network namespace; not the service's.
    ///   - networkInterface: The interface inside that namespace.
    ///   - targetPods: Pods by name; empty chooses by `podAffectedPercentage`.
    ///   - targetContainer: The container whose network namespace is entered; absent for the first.
    ///   - nodeLabel: The nodes whose pods may be hit; absent for all.
    ///   - podAffectedPercentage: The share of the workload's pods, 0 to 100 percent; 0 means one pod.
    ///   - sequence: Whether several pods are hit at once or one after another.
    ///   - containerRuntime: The container runtime of the target nodes.
    ///   - socketPath: The socket of that runtime.
    ///   - rampTime: The wait before the fault and again after it, whole seconds from 0.
    ///   - choosing: How the share is turned into single requests.
    ///   - options: What else the document leaves open.
    public init(
        toxicity: Percentage = Tunables.toxicity.defaultValue,
        resetTimeout: Duration = Tunables.resetTimeout.defaultValue,
        targetServicePort: PortNumber = Tunables.targetServicePort.defaultValue,
        totalChaosDuration: Duration = Tunables.totalChaosDuration.defaultValue,
        proxyPort: PortNumber = Tunables.proxyPort.defaultValue,
        networkInterface: InterfaceSelection = Tunables.networkInterface.defaultValue,
        targetPods: [PodName] = PodTunables.targetPods.defaultValue,
        targetContainer: ContainerName? = PodTunables.targetContainer.defaultValue,
        nodeLabel: LabelSelector? = PodTunables.nodeLabel.defaultValue,
        podAffectedPercentage: Percentage = PodTunables.podAffectedPercentage.defaultValue,
        sequence: InjectionSequence = CommonTunables.sequence.defaultValue,
        containerRuntime: ContainerRuntime = PodTunables.containerRuntime.defaultValue,
        socketPath: UnixSocketPath = PodTunables.socketPath.defaultValue,
        rampTime: Duration = CommonTunables.rampTime.defaultValue,
        choosing: RequestChoice = .exactFraction,
        options: ResetOptions = ResetOptions()
    ) {
        self.toxicity = toxicity
        self.resetTimeout = resetTimeout
        self.targetServicePort = targetServicePort
        self.totalChaosDuration = totalChaosDuration
        self.proxyPort = proxyPort
        self.networkInterface = networkInterface
        self.targetPods = targetPods
        self.targetContainer = targetContainer
        self.nodeLabel = nodeLabel
        self.podAffectedPercentage = podAffectedPercentage
        self.sequence = sequence
        self.containerRuntime = containerRuntime
        self.socketPath = socketPath
        self.rampTime = rampTime
        self.choosing = choosing
        self.options = options
    }
}

extension PodHTTPResetPeer {
    /// The tunables that this document words or defaults in its own way.
    public enum Tunables {
        /// The delay of the reset.
        public static let resetTimeout = ResetTunables.resetTimeout(
            default: .zero, "The time from the received request to the reset of its connection; 0 resets at once.")
        /// The port of the service.
        public static let targetServicePort = ResetTunables.targetServicePort(
            "The port the target container listens on.")
        /// The share of requests.
        public static let toxicity = ResetTunables.toxicity
        /// The length of the fault.
        public static let totalChaosDuration = CommonTunables.totalChaosDuration.with(default: .seconds(60))
        /// The port of the proxy.
        public static let proxyPort = ResetTunables.proxyPort(
            default: 20000, "The port of the proxy inside the container's network namespace; it must be free there.")
        /// The interface of the proxy.
        public static let networkInterface = ResetTunables.networkInterface(
            default: "eth0", "The interface inside the container's network namespace whose traffic is intercepted.")
    }

    /// The document.
    public static let schema = FaultSchema<PodHTTPResetPeer>(
        id: "pod-http-reset-peer",
        title: "Pod HTTP reset peer",
        summary: """
            Resets the TCP connections of HTTP requests to a Kubernetes pod, a given time after the request arrived.
            """,
        template: PodHTTPResetPeer(),
        groups: [
            TunableGroup(
                "Chaos parameters",
                [
                    TunableField(Tunables.resetTimeout, \.resetTimeout),
                    TunableField(Tunables.targetServicePort, \.targetServicePort),
                    TunableField(Tunables.toxicity, \.toxicity),
                    TunableField(Tunables.totalChaosDuration, \.totalChaosDuration),
                ]),
            TunableGroup(
                "Proxy and interface",
                [
                    TunableField(Tunables.proxyPort, \.proxyPort),
                    TunableField(Tunables.networkInterface, \.networkInterface),
                ]),
            PodTunables.targeting(
                pods: \.targetPods, container: \.targetContainer, nodeLabel: \.nodeLabel,
                share: \.podAffectedPercentage, sequence: \.sequence),
            PodTunables.runtimeAndHelper(
                runtime: \.containerRuntime, socket: \.socketPath, rampTime: \.rampTime),
        ],
        rules: [
            .resetWithinDuration(timeout: \.resetTimeout, duration: \.totalChaosDuration),
            .shareHasEffect(\.toxicity, choosing: \.choosing),
            .distinctPorts(proxy: \.proxyPort, service: \.targetServicePort),
            .proxyPortIsLikelyFree(\.proxyPort),
            .interfaceIsNamed(\.networkInterface),
            .podNamesAreUnique(\.targetPods),
            .podNamesWin(over: \.podAffectedPercentage, names: \.targetPods),
            .socketMatchesRuntime(socket: \.socketPath, runtime: \.containerRuntime),
        ])

    /// When the fault starts and ends.
    public var timing: FaultTiming {
        FaultTiming(duration: totalChaosDuration, rampTime: rampTime, sequence: sequence)
    }

    /// What the share and the timeout come to.
    public var ownFigures: [DerivedFigure] {
        [
            .selected(choosing.selection(of: toxicity), unit: .request),
            .lastReset(of: .request, after: resetTimeout, within: totalChaosDuration),
            PodTunables.targetCounts(of: podAffectedPercentage),
        ]
    }

    /// What the chaos service account must be allowed to do.
    public var permissions: [PermissionGrant] { [PodTunables.serviceAccount] }

    /// The meaning on the wire: each request decided anew, and reset a while after it was received.
    ///
    /// - Returns: A reset. A negative ``resetTimeout``, which ``Fault/lowered(at:for:)`` refuses, counts as zero.
    public func disruptionWithoutJudging() -> Disruption {
        options.reset(
            after: resetTimeout, from: .requestComplete, of: .request, choosing.selection(of: toxicity),
            existingConnections: .included)
    }
}
