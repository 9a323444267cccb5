/// Caps the bandwidth of what leaves a Kubernetes pod, with the token bucket of Linux.
///
/// Every destination stays reachable. What fits into the bucket passes at line rate, the rest waits in a queue and is
/// dropped when the queue is full.
///
/// ```swift
/// PodNetworkRateLimit(networkBandwidth: .megabits(10), burst: .kibibytes(64), limit: .kibibytes(256))
/// ```
///
/// The tunables mean what the kernel makes of them, also where the document says otherwise: ``peakRate`` does not allow
/// bursts above the bandwidth, it limits how fast a burst may leave, and it needs ``minBurst``; when the fault ends,
/// a kernel drops what is queued.
public struct PodNetworkRateLimit: PodFault {
    /// The sustained rate.
    public var networkBandwidth: DataRate
    /// What passes at once after an idle time.
    public var burst: ByteSize
    /// What may wait for tokens before packets are dropped.
    public var limit: ByteSize
    /// The bucket of ``peakRate``; no effect without it.
    public var minBurst: ByteSize?
    /// How fast a burst may leave; absent for line rate.
    public var peakRate: DataRate?
    /// How long the fault lasts, in whole seconds.
    public var totalChaosDuration: Duration

    /// The addresses and blocks whose traffic is shaped; without any, and without ``destinationHosts``, all traffic is.
    public var destinationIPs: [Destination<IPNetwork>]
    /// The hosts whose traffic is shaped, by name.
    public var destinationHosts: [Destination<HostName>]
    /// The interface inside the network namespace of the container.
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

    /// Creates the fault; what is left out has the document's default.
    ///
    /// - Parameters:
    ///   - networkBandwidth: The sustained rate.
    ///   - burst: What passes at once after an idle time, 1514 bytes or more.
    ///   - limit: What may wait for tokens, 1514 bytes or more.
    ///   - peak: How fast a burst may leave, and the bucket of that rate; absent for line rate. It sets ``peakRate`` and
    ///     ``minBurst``, which the kernel knows together only.
    ///   - totalChaosDuration: How long the fault lasts, whole seconds from 1.
    ///   - destinationIPs: The addresses and blocks whose traffic is shaped.
    ///   - destinationHosts: The hosts whose traffic is shaped, by name.
    ///   - networkInterface: The interface inside the network namespace of the container.
    ///   - targetPods: Pods by name; empty chooses by `podAffectedPercentage`.
    ///   - targetContainer: The container whose network namespace is entered; absent for the first.
    ///   - nodeLabel: The nodes whose pods may be hit; absent for all.
    ///   - podAffectedPercentage: The share of the workload's pods, 0 to 100 percent; 0 means one pod.
    ///   - sequence: Whether several pods are hit at once or one after another.
    ///   - containerRuntime: The container runtime of the target nodes.
    ///   - socketPath: The socket of that runtime.
    ///   - rampTime: The wait before the fault and again after it, whole seconds from 0.
    public init(
        networkBandwidth: DataRate = Tunables.networkBandwidth.defaultValue,
        burst: ByteSize = Tunables.burst.defaultValue,
        limit: ByteSize = Tunables.limit.defaultValue,
        peak: PeakLimit? = nil,
        totalChaosDuration: Duration = Tunables.totalChaosDuration.defaultValue,
        destinationIPs: [Destination<IPNetwork>] = Tunables.destinationIPs.defaultValue,
        destinationHosts: [Destination<HostName>] = Tunables.destinationHosts.defaultValue,
        networkInterface: InterfaceSelection = Tunables.networkInterface.defaultValue,
        targetPods: [PodName] = PodTunables.targetPods.defaultValue,
        targetContainer: ContainerName? = PodTunables.targetContainer.defaultValue,
        nodeLabel: LabelSelector? = PodTunables.nodeLabel.defaultValue,
        podAffectedPercentage: Percentage = PodTunables.podAffectedPercentage.defaultValue,
        sequence: InjectionSequence = CommonTunables.sequence.defaultValue,
        containerRuntime: ContainerRuntime = PodTunables.containerRuntime.defaultValue,
        socketPath: UnixSocketPath = PodTunables.socketPath.defaultValue,
        rampTime: Duration = CommonTunables.rampTime.defaultValue
    ) {
        self.networkBandwidth = networkBandwidth
        self.burst = burst
        self.limit = limit
        self.minBurst = peak?.bucket
        self.peakRate = peak?.rate
        self.totalChaosDuration = totalChaosDuration
        self.destinationIPs = destinationIPs
        self.destinationHosts = destinationHosts
        self.networkInterface = networkInterface
        self.targetPods = targetPods
        self.targetContainer = targetContainer
        self.nodeLabel = nodeLabel
        self.podAffectedPercentage = podAffectedPercentage
        self.sequence = sequence
        self.containerRuntime = containerRuntime
        self.socketPath = socketPath
        self.rampTime = rampTime
    }
}

extension PodNetworkRateLimit {
    /// The tunables that this document words or defaults in its own way.
    public enum Tunables {
        /// The sustained rate.
        public static let networkBandwidth = Tunable(
            "NETWORK_BANDWIDTH", .rate, default: .megabits(1), layer: .wire,
            summary: "The sustained rate of the cap, as in 1mbit, 512kbit or 100mbit.")
        /// The size of the bucket.
        public static let burst = Tunable(
            "BURST", .size, default: .kibibytes(32), layer: .wire,
            summary: "The size of the bucket: what passes at line rate after an idle time.")
        /// The size of the queue.
        public static let limit = Tunable(
            "LIMIT", .size, default: .mebibytes(2), layer: .wire,
            summary: "What may wait for tokens before packets are dropped; more of it means more latency.")
        /// The bucket of the peak.
        public static let minBurst = Tunable(
            "MIN_BURST", .optional(.size, empty: "without PEAK_RATE"), default: ByteSize?.none, layer: .wire,
            summary: "The bucket of PEAK_RATE, at least the MTU and the link header; no effect alone.")
        /// The speed of bursts.
        public static let peakRate = Tunable(
            "PEAK_RATE", .optional(.rate, empty: "to let bursts leave at line rate"), default: DataRate?.none,
            layer: .wire,
            summary: "How fast a burst may leave; above NETWORK_BANDWIDTH, and together with MIN_BURST only.")
        /// The length of the fault.
        public static let totalChaosDuration = CommonTunables.totalChaosDuration.with(default: .seconds(60))
        /// The shaped addresses.
        public static let destinationIPs = Tunable(
            "DESTINATION_IPS", .list(of: .text, empty: "for all destinations"), default: [Destination<IPNetwork>](),
            layer: .wire,
            summary: "The addresses and blocks whose traffic is shaped, each with ports behind it if need be: IP|PORT.")
        /// The shaped hosts.
        public static let destinationHosts = Tunable(
            "DESTINATION_HOSTS", .list(of: .text, empty: "for all destinations"), default: [Destination<HostName>](),
            layer: .wire,
            summary: "The hosts whose traffic is shaped; their names are looked up when the fault starts.")
        /// The shaped interface.
        public static let networkInterface = Tunable(
            "NETWORK_INTERFACE", .text, default: InterfaceSelection.named("eth0"), layer: .interception,
            summary: "The interface inside the container's network namespace whose outgoing traffic is shaped.")
    }

    /// The document.
    public static let schema = FaultSchema<PodNetworkRateLimit>(
        id: "pod-network-rate-limit",
        title: "Pod network rate limit",
        summary: "Caps the bandwidth of what leaves a Kubernetes pod, with the token bucket of Linux.",
        template: PodNetworkRateLimit(),
        groups: [
            TunableGroup(
                "Chaos parameters",
                [
                    TunableField(Tunables.networkBandwidth, \.networkBandwidth),
                    TunableField(Tunables.burst, \.burst),
                    TunableField(Tunables.limit, \.limit),
                    TunableField(Tunables.minBurst, \.minBurst),
                    TunableField(Tunables.peakRate, \.peakRate),
                    TunableField(Tunables.totalChaosDuration, \.totalChaosDuration),
                ]),
            TunableGroup(
                "Traffic filters",
                [
                    TunableField(Tunables.destinationIPs, \.destinationIPs),
                    TunableField(Tunables.destinationHosts, \.destinationHosts),
                    TunableField(Tunables.networkInterface, \.networkInterface),
                ]),
            PodTunables.targeting(
                pods: \.targetPods, container: \.targetContainer, nodeLabel: \.nodeLabel,
                share: \.podAffectedPercentage, sequence: \.sequence),
            PodTunables.runtimeAndHelper(
                runtime: \.containerRuntime, socket: \.socketPath, rampTime: \.rampTime),
        ],
        rules: [
            .bucketHoldsPacket(\.burst),
            .queueHoldsPacket(\.limit),
            .bucketFillsInTime(\.burst, rate: \.networkBandwidth),
            .queueHoldsBurst(limit: \.limit, burst: \.burst),
            .queueDrainsSoon(limit: \.limit, burst: \.burst, rate: \.networkBandwidth),
            .peakHasBucket(peak: \.peakRate, bucket: \.minBurst),
            .peakAboveRate(peak: \.peakRate, rate: \.networkBandwidth),
            .bucketHasPeak(bucket: \.minBurst, peak: \.peakRate),
            .peakBucketHoldsPacket(\.minBurst, peak: \.peakRate),
            .rateIsFelt(\.networkBandwidth),
            .destinationsAreUnique(\.destinationIPs),
            .destinationsAreUnique(\.destinationHosts),
            .interfaceIsNamed(\.networkInterface),
            .podNamesAreUnique(\.targetPods),
            .podNamesWin(over: \.podAffectedPercentage, names: \.targetPods),
            .socketMatchesRuntime(socket: \.socketPath, runtime: \.containerRuntime),
        ])

    /// When the fault starts and ends.
    public var timing: FaultTiming {
        FaultTiming(duration: totalChaosDuration, rampTime: rampTime, sequence: sequence)
    }

    /// What the bucket and its queue mean in seconds and bytes.
    public var ownFigures: [DerivedFigure] {
        let transfer = 10_000_000
        return [
            DerivedFigure(
                "sustained rate", "\(shape.rate.bytesPerSecond) bytes/s", "NETWORK_BANDWIDTH, as the kernel counts it"),
            DerivedFigure(
                "burst at line rate", "\(shape.burst.bytes) bytes",
                shape.peak.map { "the bucket starts full; PEAK_RATE lets it drain at \($0.rate)" }
                    ?? "the bucket starts full, and without PEAK_RATE nothing slows it"),
            DerivedFigure("refill time", shape.refillTime.readableText, "an empty bucket is full again after it"),
            DerivedFigure(
                "worst queueing delay", shape.worstQueueingDelay.readableText,
                "behind a full queue of LIMIT; tc shows \(shape.shownLatency.readableText), LIMIT less BURST"),
            DerivedFigure(
                "largest packet", "\(shape.largestPacket) bytes", "with its link header; a larger one never leaves"),
            DerivedFigure(
                "10 MB transfer", shape.transferTime(of: transfer).readableText,
                "\(transfer) bytes on the wire, the burst included"),
            PodTunables.targetCounts(of: podAffectedPercentage),
        ]
    }

    /// What the chaos service account must be allowed to do.
    public var permissions: [PermissionGrant] { [PodTunables.serviceAccount] }

    /// The meaning on the wire: a token bucket in front of what leaves the pod.
    ///
    /// - Returns: A shaper. A ``peakRate`` without ``minBurst``, which ``Fault/lowered(at:for:)`` refuses, has no effect.
    public func disruptionWithoutJudging() -> Disruption { .shape(shape) }

    private var shape: ShapeDisruption {
        let peak = peakRate.flatMap { rate in minBurst.map { PeakLimit(rate: rate, bucket: $0) } }
        let isFiltered = !(destinationIPs.isEmpty && destinationHosts.isEmpty)
        return ShapeDisruption(
            rate: networkBandwidth, burst: burst, limit: limit, peak: peak,
            destinations: isFiltered ? .only(addresses: destinationIPs, hosts: destinationHosts) : .everything)
    }
}
