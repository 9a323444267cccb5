/// Resets the TCP connections of clients of a container in Amazon ECS, on the EC2 launch type.
///
/// The fault puts a proxy in front of the container, with Systems Manager, and has new connections to one port redirected to
/// it. Its document has two editions that differ in defaults, in the spelling of keys, and in meaning:
///
/// ```swift
/// ECSContainerHTTPResetPeer(clusterName: "shop", region: "eu-central-1", serviceName: "checkout")
/// ECSContainerHTTPResetPeer.legacy(region: "eu-central-1", resetTimeout: .seconds(2))
/// ```
///
/// On the wire, current: the timer starts when the client connects, so an idle connection is reset too; traffic passes until
/// then. Legacy: the timer starts when a request was received, as its words "added to the HTTP request" are read here, and
/// the answer is withheld. In both, every connection or request is hit, because there is no TOXICITY, and connections from
/// before the fault are left alone. ``choosing`` and ``options`` decide what the document leaves open.
public struct ECSContainerHTTPResetPeer: Fault {
    /// The edition of the document that the fault follows.
    public let edition: Edition

    /// The cluster; the legacy document lists none.
    public var clusterName: ECSClusterName?
    /// The region of the cluster.
    public var region: AWSRegion

    /// The service whose tasks are hit; it wins over ``taskReplicaIDs``.
    public var serviceName: ECSServiceName?
    /// The tasks by id or ARN.
    public var taskReplicaIDs: [ECSTaskID]
    /// The share of the running tasks of ``serviceName``.
    public var taskReplicaAffectedPercentage: Percentage

    /// The time from the trigger to the RST, in whole milliseconds; zero resets at the trigger.
    public var resetTimeout: Duration
    /// The port of the container.
    public var targetServicePort: PortNumber
    /// The port the proxy listens on.
    public var proxyPort: PortNumber
    /// The interface whose traffic is redirected.
    public var networkInterface: InterfaceSelection
    /// How long the fault lasts, in whole seconds.
    public var totalChaosDuration: Duration
    /// The pause between iterations; only the legacy document lists it, and the fault lasts without a pause.
    public var chaosInterval: ChaosInterval?
    /// Whether missing tools are installed on the container instances.
    public var installDependencies: Bool
    /// Whether several tasks are hit at once or one after another.
    public var sequence: InjectionSequence
    /// The wait before the fault and again after it, in whole seconds.
    public var rampTime: Duration

    /// The role to assume on top of the base credentials.
    public var assumeRoleARN: IAMRoleARN?
    /// The identifier of the stored secret that holds a credentials file.
    public var awsAuthenticationSecret: SecretID?
    /// The path of a mounted credentials file; only the legacy document lists it.
    public var awsSharedCredentialsFile: AbsolutePath?

    /// Which connections, or in the legacy edition requests, are hit; all of them unless fixed.
    ///
    /// Ours, not the document's: it has no key.
    public var choosing: RequestChoice
    /// What else the document leaves open.
    ///
    /// Ours, not the document's: it has no key.
    public var options: ResetOptions

    /// Creates the fault of the current document; what is left out has its default.
    ///
    /// - Parameters:
    ///   - clusterName: The cluster.
    ///   - region: The region of the cluster.
    ///   - serviceName: The service whose tasks are hit.
    ///   - taskReplicaIDs: The tasks by id or ARN, instead of a service. On the platform one of the two has to be given.
    ///   - taskReplicaAffectedPercentage: The share of the running tasks of the service, 1 to 100 percent.
    ///   - resetTimeout: Time from the connection to the RST, whole milliseconds from 0 to 86 400 000 (a day).
    ///   - targetServicePort: The port of the container.
    ///   - proxyPort: The port of the proxy; not the container's.
    ///   - networkInterface: The interface whose traffic is redirected, or `.auto`.
    ///   - totalChaosDuration: How long the fault lasts, whole seconds from 1.
    ///   - installDependencies: Whether missing tools are installed on the container instances.
    ///   - sequence: Whether several tasks are hit at once or one after another.
    ///   - rampTime: The wait before the fault and again after it, whole seconds from 0.
    ///   - assumeRoleARN: The role to assume on top of the base credentials.
    ///   - awsAuthenticationSecret: The identifier of the stored secret that holds a credentials file.
    ///   - choosing: Which connections are hit.
    ///   - options: What else the document leaves open.
    public init(
        clusterName: ECSClusterName,
        region: AWSRegion,
        serviceName: ECSServiceName? = Tunables.serviceName.defaultValue,
        taskReplicaIDs: [ECSTaskID] = Tunables.taskReplicaID.defaultValue,
        taskReplicaAffectedPercentage: Percentage = Tunables.taskReplicaAffectedPercentage.defaultValue,
        resetTimeout: Duration = Tunables.resetTimeout.defaultValue,
        targetServicePort: PortNumber = Tunables.targetServicePort.defaultValue,
        proxyPort: PortNumber = Tunables.proxyPort.defaultValue,
        networkInterface: InterfaceSelection = Tunables.networkInterface.defaultValue,
        totalChaosDuration: Duration = Tunables.totalChaosDuration.defaultValue,
        installDependencies: Bool = Tunables.installDependencies.defaultValue,
        sequence: InjectionSequence = CommonTunables.sequence.defaultValue,
        rampTime: Duration = CommonTunables.rampTime.defaultValue,
        assumeRoleARN: IAMRoleARN? = Tunables.assumeRoleARN.defaultValue,
        awsAuthenticationSecret: SecretID? = Tunables.awsAuthenticationSecret.defaultValue,
        choosing: RequestChoice = .exactFraction,
        options: ResetOptions = ResetOptions()
    ) {
        self.edition = .current
        self.clusterName = clusterName
        self.region = region
        self.serviceName = serviceName
        self.taskReplicaIDs = taskReplicaIDs
        self.taskReplicaAffectedPercentage = taskReplicaAffectedPercentage
        self.resetTimeout = resetTimeout
        self.targetServicePort = targetServicePort
        self.proxyPort = proxyPort
        self.networkInterface = networkInterface
        self.totalChaosDuration = totalChaosDuration
        self.chaosInterval = nil
        self.installDependencies = installDependencies
        self.sequence = sequence
        self.rampTime = rampTime
        self.assumeRoleARN = assumeRoleARN
        self.awsAuthenticationSecret = awsAuthenticationSecret
        self.awsSharedCredentialsFile = nil
        self.choosing = choosing
        self.options = options
    }

    /// Creates the fault of the legacy document; what is left out has that document's default.
    ///
    /// The legacy document lists neither a cluster nor tasks; set ``clusterName``, ``serviceName`` or ``taskReplicaIDs`` on
    /// the value for a backend that needs them.
    ///
    /// - Parameters:
    ///   - region: The region of the cluster.
    ///   - resetTimeout: Time from the received request to the RST, whole milliseconds from 0 to 86 400 000 (a day).
    ///   - targetServicePort: The port of the container.
    ///   - totalChaosDuration: How long the fault lasts, whole seconds from 1.
    ///   - chaosInterval: The pause between iterations; kept for export only.
    ///   - awsSharedCredentialsFile: The path of a mounted credentials file.
    ///   - sequence: Whether several tasks are hit at once or one after another.
    ///   - rampTime: The wait before the fault and again after it, whole seconds from 0.
    ///   - installDependency: Whether missing tools are installed on the container instances.
    ///   - proxyPort: The port of the proxy; not the container's.
    ///   - networkInterface: The interface whose traffic is redirected.
    ///   - choosing: Which requests are hit.
    ///   - options: What else the document leaves open.
    /// - Returns: The fault.
    public static func legacy(
        region: AWSRegion,
        resetTimeout: Duration = Tunables.legacyResetTimeout.defaultValue,
        targetServicePort: PortNumber = Tunables.targetServicePort.defaultValue,
        totalChaosDuration: Duration = CommonTunables.totalChaosDuration.defaultValue,
        chaosInterval: ChaosInterval? = Tunables.legacyChaosInterval.defaultValue,
        awsSharedCredentialsFile: AbsolutePath? = Tunables.legacyAWSSharedCredentialsFile.defaultValue,
        sequence: InjectionSequence = CommonTunables.sequence.defaultValue,
        rampTime: Duration = CommonTunables.rampTime.defaultValue,
        installDependency: Bool = Tunables.legacyInstallDependency.defaultValue,
        proxyPort: PortNumber = Tunables.proxyPort.defaultValue,
        networkInterface: InterfaceSelection = Tunables.legacyNetworkInterface.defaultValue,
        choosing: RequestChoice = .exactFraction,
        options: ResetOptions = ResetOptions()
    ) -> ECSContainerHTTPResetPeer {
        var fault = ECSContainerHTTPResetPeer(legacyIn: region, choosing: choosing, options: options)
        fault.resetTimeout = resetTimeout
        fault.targetServicePort = targetServicePort
        fault.totalChaosDuration = totalChaosDuration
        fault.chaosInterval = chaosInterval
        fault.awsSharedCredentialsFile = awsSharedCredentialsFile
        fault.sequence = sequence
        fault.rampTime = rampTime
        fault.installDependencies = installDependency
        fault.proxyPort = proxyPort
        fault.networkInterface = networkInterface
        return fault
    }

    private init(legacyIn region: AWSRegion, choosing: RequestChoice, options: ResetOptions) {
        self.edition = .legacy
        self.clusterName = nil
        self.region = region
        self.serviceName = Tunables.serviceName.defaultValue
        self.taskReplicaIDs = Tunables.taskReplicaID.defaultValue
        self.taskReplicaAffectedPercentage = Tunables.taskReplicaAffectedPercentage.defaultValue
        self.resetTimeout = Tunables.legacyResetTimeout.defaultValue
        self.targetServicePort = Tunables.targetServicePort.defaultValue
        self.proxyPort = Tunables.proxyPort.defaultValue
        self.networkInterface = Tunables.legacyNetworkInterface.defaultValue
        self.totalChaosDuration = CommonTunables.totalChaosDuration.defaultValue
        self.chaosInterval = Tunables.legacyChaosInterval.defaultValue
        self.installDependencies = Tunables.legacyInstallDependency.defaultValue
        self.sequence = CommonTunables.sequence.defaultValue
        self.rampTime = CommonTunables.rampTime.defaultValue
        self.assumeRoleARN = Tunables.assumeRoleARN.defaultValue
        self.awsAuthenticationSecret = Tunables.awsAuthenticationSecret.defaultValue
        self.awsSharedCredentialsFile = Tunables.legacyAWSSharedCredentialsFile.defaultValue
        self.choosing = choosing
        self.options = options
    }
}

// MARK: - The tunables of both editions

extension ECSContainerHTTPResetPeer {
    /// The tunables that this document words or defaults in its own way; `legacy…` where the legacy edition differs.
    public enum Tunables {
        /// The cluster.
        public static let clusterName = RequiredTunable<ECSClusterName?>(
            "CLUSTER_NAME", .given(.text), layer: .targeting, summary: "The target ECS cluster.")
        /// The cluster, which the legacy document does not list.
        static let legacyClusterName = Tunable(
            "CLUSTER_NAME", .optional(.text, empty: "when the backend knows it"), default: ECSClusterName?.none,
            layer: .targeting, summary: "The target ECS cluster.")
        /// The region.
        public static let region = RequiredTunable<AWSRegion>(
            "REGION", .text, layer: .targeting, summary: "The AWS region of the cluster, as in us-east-1.")
        /// The service.
        public static let serviceName = Tunable(
            "SERVICE_NAME", .optional(.text, empty: "to choose by TASK_REPLICA_ID"), default: ECSServiceName?.none,
            layer: .targeting,
            summary: "The ECS service; TASK_REPLICA_AFFECTED_PERC of its running tasks are hit.")
        /// The tasks.
        public static let taskReplicaID = Tunable(
            "TASK_REPLICA_ID", .list(of: .text, empty: "to choose by SERVICE_NAME"), default: [ECSTaskID](),
            layer: .targeting, summary: "The tasks to hit, by id or ARN, instead of a service.")
        /// The share of the service's tasks.
        public static let taskReplicaAffectedPercentage = Tunable(
            "TASK_REPLICA_AFFECTED_PERC", .percentage, default: .hundred, layer: .targeting,
            hint: "use 100 for every task", summary: "The share of the running tasks of SERVICE_NAME.")

        /// The delay of the reset.
        public static let resetTimeout = ResetTunables.resetTimeout(
            default: .seconds(10),
            "The time from the client's connection to its reset; 0 resets on connect.")
        /// The delay of the reset in the legacy edition.
        public static let legacyResetTimeout = ResetTunables.resetTimeout(
            default: .zero, "The time from the received request to the reset of its connection; 0 resets at once.")
        /// The port of the container.
        public static let targetServicePort = ResetTunables.targetServicePort("The port of the affected container.")
        /// The port of the proxy.
        public static let proxyPort = ResetTunables.proxyPort(
            default: 20000, "The port of the proxy; it must be free in the network namespace that is redirected.")
        /// The interface of the redirect.
        public static let networkInterface = ResetTunables.networkInterface(
            default: .auto, "The interface whose traffic is redirected; auto takes the one of the default route.")
        /// The interface of the redirect in the legacy edition.
        public static let legacyNetworkInterface = ResetTunables.networkInterface(
            default: "eth0", "The interface whose traffic is redirected.")
        /// The length of the fault.
        public static let totalChaosDuration = CommonTunables.totalChaosDuration.with(default: .seconds(60))
        /// The pause between iterations, which the current document does not list.
        static let chaosInterval = Tunable(
            "CHAOS_INTERVAL", .optional(.chaosInterval, empty: "for none"), default: ChaosInterval?.none,
            layer: .schedule,
            summary: CommonTunables.chaosInterval.traits.summary)
        /// The pause between iterations in the legacy edition.
        public static let legacyChaosInterval = chaosInterval.with(default: .fixed(.seconds(30)))
        /// Whether missing tools are installed.
        public static let installDependencies = Tunable(
            "INSTALL_DEPENDENCIES", .flag(), default: true, layer: .targeting, aliases: ["INSTALL_DEPENDENCY"],
            summary: "Whether the proxy and its tools are installed on container instances that lack them.")
        /// Whether missing tools are installed, in the legacy spelling.
        public static let legacyInstallDependency = Tunable(
            "INSTALL_DEPENDENCY", .flag(yes: "True", no: "False"), default: true, layer: .targeting,
            aliases: ["INSTALL_DEPENDENCIES"], summary: installDependencies.traits.summary)

        /// The role to assume.
        public static let assumeRoleARN = Tunable(
            "ASSUME_ROLE_ARN", .optional(.text, empty: "to use the base credentials"), default: IAMRoleARN?.none,
            layer: .targeting, summary: "The IAM role to assume on top of the base credentials.")
        /// The secret that holds a credentials file.
        public static let awsAuthenticationSecret = Tunable(
            "AWS_AUTHENTICATION_SECRET", .optional(.text, empty: "to use the role of the service account"),
            default: SecretID?.none, layer: .targeting,
            summary: "The identifier of the stored secret that holds an AWS credentials file.")
        /// The path of a credentials file, which the current document does not list.
        static let awsSharedCredentialsFile = Tunable(
            "AWS_SHARED_CREDENTIALS_FILE", .optional(.text, empty: "for none"), default: AbsolutePath?.none,
            layer: .targeting, summary: "The path of a mounted AWS credentials file.")
        /// The path of a credentials file in the legacy edition.
        public static let legacyAWSSharedCredentialsFile = awsSharedCredentialsFile.with(
            default: "/tmp/cloud_config.yml")
    }

    /// The current document.
    public static let schema = FaultSchema<ECSContainerHTTPResetPeer>(
        id: "ecs-container-http-reset-peer",
        title: "ECS container HTTP reset peer",
        summary: """
            Resets the TCP connections of clients of an ECS container (EC2 launch type), a given time after they connect.
            """,
        template: ECSContainerHTTPResetPeer(clusterName: "unset", region: "us-east-1"),
        groups: [
            TunableGroup(
                "Required parameters",
                [TunableField(Tunables.clusterName, \.clusterName), TunableField(Tunables.region, \.region)]),
            TunableGroup(
                "Targeting parameters",
                [
                    TunableField(Tunables.serviceName, \.serviceName),
                    TunableField(Tunables.taskReplicaID, \.taskReplicaIDs),
                    TunableField(Tunables.taskReplicaAffectedPercentage, \.taskReplicaAffectedPercentage),
                ]),
            TunableGroup(
                "Chaos parameters",
                [
                    TunableField(Tunables.resetTimeout, \.resetTimeout),
                    TunableField(Tunables.targetServicePort, \.targetServicePort),
                    TunableField(Tunables.proxyPort, \.proxyPort),
                    TunableField(Tunables.networkInterface, \.networkInterface),
                    TunableField(Tunables.totalChaosDuration, \.totalChaosDuration),
                    TunableField(Tunables.installDependencies, \.installDependencies),
                    TunableField(CommonTunables.sequence, \.sequence),
                    TunableField(CommonTunables.rampTime, \.rampTime),
                ]),
            TunableGroup(
                "Authentication",
                [
                    TunableField(Tunables.assumeRoleARN, \.assumeRoleARN),
                    TunableField(Tunables.awsAuthenticationSecret, \.awsAuthenticationSecret),
                ]),
        ],
        otherEditions: [
            TunableField(Tunables.chaosInterval, \.chaosInterval),
            TunableField(Tunables.awsSharedCredentialsFile, \.awsSharedCredentialsFile),
        ],
        rules: sharedRules + [
            .tasksAreNamed(service: \.serviceName, tasks: \.taskReplicaIDs),
            .intervalIsInert(\.chaosInterval, unless: nil),
            .oneCredentialsFile(secret: \.awsAuthenticationSecret, path: \.awsSharedCredentialsFile),
            FaultRule(
                about: \.awsAuthenticationSecret, with: \.awsSharedCredentialsFile, on: .platform
            ) { fault in
                guard fault.awsAuthenticationSecret == nil, fault.awsSharedCredentialsFile == nil else { return nil }
                return .note(
                    "no credentials file is named, so the role of the service account (IRSA) has to be there",
                    hint: "set AWS_AUTHENTICATION_SECRET where it is not")
            },
        ])

    /// The legacy document.
    static let legacySchema = FaultSchema<ECSContainerHTTPResetPeer>(
        id: schema.id,
        title: schema.title,
        summary: """
            Resets the TCP connections of HTTP requests to an ECS container (EC2 launch type), a given time after the \
            request arrived.
            """,
        edition: .legacy,
        template: .legacy(region: "us-east-1"),
        groups: [
            TunableGroup(
                "Mandatory tunables",
                [
                    TunableField(Tunables.region, \.region),
                    TunableField(Tunables.legacyResetTimeout, \.resetTimeout),
                    TunableField(Tunables.targetServicePort, \.targetServicePort),
                ]),
            TunableGroup(
                "Optional tunables",
                [
                    TunableField(CommonTunables.totalChaosDuration, \.totalChaosDuration),
                    TunableField(Tunables.legacyChaosInterval, \.chaosInterval),
                    TunableField(Tunables.legacyAWSSharedCredentialsFile, \.awsSharedCredentialsFile),
                    TunableField(CommonTunables.sequence, \.sequence),
                    TunableField(CommonTunables.rampTime, \.rampTime),
                    TunableField(Tunables.legacyInstallDependency, \.installDependencies),
                    TunableField(Tunables.proxyPort, \.proxyPort),
                    TunableField(Tunables.legacyNetworkInterface, \.networkInterface),
                ]),
        ],
        otherEditions: [
            TunableField(Tunables.legacyClusterName, \.clusterName),
            TunableField(Tunables.serviceName, \.serviceName),
            TunableField(Tunables.taskReplicaID, \.taskReplicaIDs),
            TunableField(Tunables.taskReplicaAffectedPercentage, \.taskReplicaAffectedPercentage),
            TunableField(Tunables.assumeRoleARN, \.assumeRoleARN),
            TunableField(Tunables.awsAuthenticationSecret, \.awsAuthenticationSecret),
        ],
        rules: sharedRules + [
            .interfaceIsNamed(\.networkInterface),
            .intervalIsInert(\.chaosInterval, unless: Tunables.legacyChaosInterval.defaultValue),
            .isPresent(\.clusterName, for: "the tasks of the region cannot be found"),
            .isPresent(\.awsSharedCredentialsFile, for: "nobody can log in to AWS"),
        ])

    /// Both editions, the current one first.
    public static let editions = [schema, legacySchema]

    private static var sharedRules: [FaultRule<ECSContainerHTTPResetPeer>] {
        [
            .resetWithinDuration(timeout: \.resetTimeout, duration: \.totalChaosDuration),
            .distinctPorts(proxy: \.proxyPort, service: \.targetServicePort),
            .proxyPortIsLikelyFree(\.proxyPort),
            .commandLastsLongEnough(\.totalChaosDuration),
            .serviceWins(over: \.taskReplicaIDs, service: \.serviceName),
            .tasksAreUnique(\.taskReplicaIDs),
            .tasksAreThere(\.taskReplicaIDs, region: \.region, cluster: \.clusterName),
            .shareOfTasks(\.taskReplicaAffectedPercentage, service: \.serviceName),
        ]
    }
}

// MARK: - The meaning

extension ECSContainerHTTPResetPeer {
    /// When the fault starts and ends.
    public var timing: FaultTiming {
        FaultTiming(duration: totalChaosDuration, rampTime: rampTime, sequence: sequence)
    }

    /// Which of a cluster's tasks the fault hits.
    ///
    /// - Parameter seed: What the choice of a share follows from.
    /// - Returns: The selection, to be shown or carried out. One that names nothing, which ``Fault/lowered(at:for:)`` refuses
    ///   in the current edition, throws when it chooses.
    public func taskSelection(seed: UInt64) -> TaskSelection {
        guard let serviceName else { return TaskSelection(.tasks(taskReplicaIDs), seed: seed) }
        let share = TargetShare.percentage(taskReplicaAffectedPercentage, rounding: .down)
        return TaskSelection(.service(serviceName, share: share), seed: seed)
    }

    /// What the choice, the timeout and the share come to.
    public var ownFigures: [DerivedFigure] {
        let counts = [1, 3, 4, 10].map {
            "\(TargetShare.percentage(taskReplicaAffectedPercentage, rounding: .down).count(of: $0)) of \($0)"
        }
        let unit: SelectionUnit = edition == .legacy ? .request : .connection
        var figures: [DerivedFigure] = [
            .selected(choosing.selection(of: .hundred), unit: unit),
            .lastReset(of: unit, after: resetTimeout, within: totalChaosDuration),
        ]
        if serviceName != nil {
            figures.append(
                DerivedFigure(
                    "tasks", counts.joined(separator: ", "),
                    "TASK_REPLICA_AFFECTED_PERC of the service's running tasks, rounded down, at least one"))
        } else if !taskReplicaIDs.isEmpty {
            figures.append(DerivedFigure("tasks", "\(Set(taskReplicaIDs).count)", "named by TASK_REPLICA_ID"))
        }
        return figures
    }

    /// What the IAM principal and the container instances must be allowed to do.
    ///
    /// The documents list both under one policy; the agent on the instances is another party, with a role of its own.
    public var permissions: [PermissionGrant] {
        let messages = [
            "AcknowledgeMessage", "DeleteMessage", "FailMessage", "GetEndpoint", "GetMessages", "SendReply",
        ].map { "ec2messages:\($0)" }
        let isLegacy = edition == .legacy
        let principal =
            isLegacy
            ? [
                "ssm:GetDocument", "ssm:DescribeDocument", "ssm:GetParameter", "ssm:GetParameters", "ssm:SendCommand",
                "ssm:CancelCommand", "ssm:CreateDocument", "ssm:DeleteDocument", "ssm:GetCommandInvocation",
                "ssm:DescribeInstanceInformation", "ec2:DescribeInstanceStatus", "ec2:DescribeInstances",
            ]
            : [
                "ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTasks", "ecs:ListTasks",
                "ecs:ListContainerInstances", "ecs:DescribeContainerInstances", "ssm:SendCommand", "ssm:CancelCommand",
                "ssm:GetCommandInvocation", "ssm:DescribeInstanceInformation", "ec2:DescribeInstances",
            ]
        let agent = (isLegacy ? ["ssm:UpdateInstanceInformation"] : []) + messages
        var grants = [
            PermissionGrant("the IAM principal that runs the fault", .iam(principal)),
            PermissionGrant("the role of the container instances, for the Systems Manager agent", .iam(agent)),
        ]
        if assumeRoleARN != nil {
            grants.append(PermissionGrant("the base credentials, on ASSUME_ROLE_ARN", .iam(["sts:AssumeRole"])))
        }
        return grants
    }

    /// The meaning on the wire: new connections reset a while after they were accepted; in the legacy edition, requests.
    ///
    /// - Returns: A reset. A negative ``resetTimeout``, which ``Fault/lowered(at:for:)`` refuses, counts as zero.
    public func disruptionWithoutJudging() -> Disruption {
        let isLegacy = edition == .legacy
        return options.reset(
            after: resetTimeout, from: isLegacy ? .requestComplete : .connectionAccepted,
            of: isLegacy ? .request : .connection, choosing.selection(of: .hundred), existingConnections: .excluded)
    }
}
