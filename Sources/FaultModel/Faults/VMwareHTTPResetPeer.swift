/// Resets the TCP connections of HTTP requests to a service in a Linux guest on vSphere.
///
/// The fault puts a proxy into the guest, with the means of VMware Tools, and has the traffic of one port redirected to it.
///
/// ```swift
/// VMwareHTTPResetPeer(vmName: "shop-1", vmUserName: "chaos", vmPassword: password, toxicity: 30)
/// ```
///
/// On the wire: the timer starts when the request was received and each request is decided anew. Connections from before
/// the fault are left alone: a redirect decides about new connections only, and the document promises no more. The document
/// does not say what starts the timer; ``choosing`` and ``options`` decide what else it leaves open.
public struct VMwareHTTPResetPeer: Fault {
    /// The guest as vCenter lists it, by name or inventory path.
    public var vmName: VMName
    /// The account of the guest's system that starts the proxy.
    public var vmUserName: UserName
    /// The password of that account.
    public var vmPassword: Secret
    /// The time from the received request to the RST, in whole milliseconds; zero resets at once.
    public var resetTimeout: Duration
    /// The port of the service in the guest.
    public var targetServicePort: PortNumber

    /// The interface whose traffic is redirected.
    public var networkInterface: InterfaceSelection
    /// The port the proxy listens on in the guest.
    public var proxyPort: PortNumber
    /// The share of requests whose connection is reset.
    public var toxicity: Percentage

    /// How long the fault lasts, in whole seconds.
    public var totalChaosDuration: Duration
    /// The pause between iterations; kept for export, the fault lasts without a pause.
    public var chaosInterval: ChaosInterval
    /// Whether several targets are hit at once or one after another; the document has one target.
    public var sequence: InjectionSequence
    /// The wait before the fault and again after it, in whole seconds.
    public var rampTime: Duration

    /// The vCenter server.
    public var govcURL: VCenterURL?
    /// The account of vCenter that has the chaos role.
    public var govcUsername: UserName?
    /// The password of that account.
    public var govcPassword: Secret?
    /// Whether the certificate of vCenter goes unchecked.
    public var govcInsecure: Bool

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
    ///   - vmName: The guest as vCenter lists it, by name or inventory path.
    ///   - vmUserName: The account of the guest's system that starts the proxy.
    ///   - vmPassword: The password of that account.
    ///   - resetTimeout: Time from the received request to the RST, whole milliseconds from 0 to 86 400 000 (a day).
    ///   - targetServicePort: The port of the service in the guest.
    ///   - networkInterface: The interface whose traffic is redirected.
    ///   - proxyPort: The port of the proxy in the guest; not the service's.
    ///   - toxicity: The share of requests whose connection is reset, 0 to 100 percent.
    ///   - totalChaosDuration: How long the fault lasts, whole seconds from 1.
    ///   - chaosInterval: The pause between iterations; kept for export only.
    ///   - sequence: Whether several targets are hit at once; no effect on the one target of the document.
    ///   - rampTime: The wait before the fault and again after it, whole seconds from 0.
    ///   - govcURL: The vCenter server.
    ///   - govcUsername: The account of vCenter that has the chaos role.
    ///   - govcPassword: The password of that account.
    ///   - govcInsecure: Whether the certificate of vCenter goes unchecked; the document's default is that it does.
    ///   - choosing: How the share is turned into single requests.
    ///   - options: What else the document leaves open.
    public init(
        vmName: VMName,
        vmUserName: UserName,
        vmPassword: Secret,
        resetTimeout: Duration = Tunables.resetTimeout.defaultValue,
        targetServicePort: PortNumber = Tunables.targetServicePort.defaultValue,
        networkInterface: InterfaceSelection = Tunables.networkInterface.defaultValue,
        proxyPort: PortNumber = Tunables.proxyPort.defaultValue,
        toxicity: Percentage = Tunables.toxicity.defaultValue,
        totalChaosDuration: Duration = CommonTunables.totalChaosDuration.defaultValue,
        chaosInterval: ChaosInterval = CommonTunables.chaosInterval.defaultValue,
        sequence: InjectionSequence = CommonTunables.sequence.defaultValue,
        rampTime: Duration = CommonTunables.rampTime.defaultValue,
        govcURL: VCenterURL? = Tunables.govcURL.defaultValue,
        govcUsername: UserName? = Tunables.govcUsername.defaultValue,
        govcPassword: Secret? = Tunables.govcPassword.defaultValue,
        govcInsecure: Bool = Tunables.govcInsecure.defaultValue,
        choosing: RequestChoice = .exactFraction,
        options: ResetOptions = ResetOptions()
    ) {
        self.vmName = vmName
        self.vmUserName = vmUserName
        self.vmPassword = vmPassword
        self.resetTimeout = resetTimeout
        self.targetServicePort = targetServicePort
        self.networkInterface = networkInterface
        self.proxyPort = proxyPort
        self.toxicity = toxicity
        self.totalChaosDuration = totalChaosDuration
        self.chaosInterval = chaosInterval
        self.sequence = sequence
        self.rampTime = rampTime
        self.govcURL = govcURL
        self.govcUsername = govcUsername
        self.govcPassword = govcPassword
        self.govcInsecure = govcInsecure
        self.choosing = choosing
        self.options = options
    }
}

extension VMwareHTTPResetPeer {
    /// The tunables that this document words or defaults in its own way.
    public enum Tunables {
        /// The guest.
        public static let vmName = RequiredTunable<VMName>(
            "VM_NAME", .text, layer: .targeting,
            summary: "The target VM as vCenter lists it, by name or inventory path.")
        /// The account in the guest.
        public static let vmUserName = RequiredTunable<UserName>(
            "VM_USER_NAME", .text, layer: .targeting,
            summary: "The account of the guest's system that starts the proxy and changes its iptables rules.")
        /// The password of the account in the guest.
        public static let vmPassword = RequiredTunable<Secret>(
            "VM_PASSWORD", .secret("password"), layer: .targeting, isSecret: true,
            summary: "The password of VM_USER_NAME.")
        /// The delay of the reset.
        public static let resetTimeout = ResetTunables.resetTimeout(
            default: .milliseconds(2000),
            "The time from the received request to the reset of its connection; 0 resets at once.")
        /// The port of the service.
        public static let targetServicePort = ResetTunables.targetServicePort("The port of the service in the guest.")
        /// The interface of the redirect.
        public static let networkInterface = ResetTunables.networkInterface(
            default: "ens160", "The interface of the guest whose traffic is redirected to the proxy.")
        /// The port of the proxy.
        public static let proxyPort = ResetTunables.proxyPort(
            default: 8080, "The port of the proxy in the guest; it must be free there.")
        /// The share of requests.
        public static let toxicity = ResetTunables.toxicity
        /// The vCenter server.
        public static let govcURL = Tunable(
            "GOVC_URL", .optional(.text, empty: "when the environment has it"), default: VCenterURL?.none,
            layer: .targeting, summary: "The vCenter server.")
        /// The account of vCenter.
        public static let govcUsername = Tunable(
            "GOVC_USERNAME", .optional(.text, empty: "when the environment has it"), default: UserName?.none,
            layer: .targeting, summary: "The account of vCenter that has the chaos role.")
        /// The password of the account of vCenter.
        public static let govcPassword = Tunable(
            "GOVC_PASSWORD", .optional(.secret("password"), empty: "when the environment has it"),
            default: Secret?.none,
            layer: .targeting, isSecret: true, summary: "The password of GOVC_USERNAME.")
        /// Whether the certificate of vCenter goes unchecked.
        public static let govcInsecure = Tunable(
            "GOVC_INSECURE", .flag(), default: true, layer: .targeting,
            summary: "Whether the certificate of vCenter goes unchecked.")
    }

    /// The document.
    public static let schema = FaultSchema<VMwareHTTPResetPeer>(
        id: "vmware-http-reset-peer",
        title: "VMware HTTP reset peer",
        summary: "Resets the TCP connections of HTTP requests to a service in a Linux guest on vSphere.",
        template: VMwareHTTPResetPeer(vmName: "unset", vmUserName: "unset", vmPassword: "unset"),
        groups: [
            TunableGroup(
                "Required parameters",
                [
                    TunableField(Tunables.vmName, \.vmName),
                    TunableField(Tunables.vmUserName, \.vmUserName),
                    TunableField(Tunables.vmPassword, \.vmPassword),
                    TunableField(Tunables.resetTimeout, \.resetTimeout),
                    TunableField(Tunables.targetServicePort, \.targetServicePort),
                ]),
            TunableGroup(
                "HTTP chaos parameters",
                [
                    TunableField(Tunables.networkInterface, \.networkInterface),
                    TunableField(Tunables.proxyPort, \.proxyPort),
                    TunableField(Tunables.toxicity, \.toxicity),
                ]),
            TunableGroup(
                "Chaos parameters",
                [
                    TunableField(CommonTunables.totalChaosDuration, \.totalChaosDuration),
                    TunableField(CommonTunables.chaosInterval, \.chaosInterval),
                    TunableField(CommonTunables.sequence, \.sequence),
                    TunableField(CommonTunables.rampTime, \.rampTime),
                ]),
            TunableGroup(
                "vCenter authentication",
                [
                    TunableField(Tunables.govcURL, \.govcURL),
                    TunableField(Tunables.govcUsername, \.govcUsername),
                    TunableField(Tunables.govcPassword, \.govcPassword),
                    TunableField(Tunables.govcInsecure, \.govcInsecure),
                ]),
        ],
        rules: [
            .resetWithinDuration(timeout: \.resetTimeout, duration: \.totalChaosDuration),
            .shareHasEffect(\.toxicity, choosing: \.choosing),
            .distinctPorts(proxy: \.proxyPort, service: \.targetServicePort),
            .proxyPortIsLikelyFree(\.proxyPort),
            .interfaceIsNamed(\.networkInterface),
            .intervalIsInert(\.chaosInterval, unless: CommonTunables.chaosInterval.defaultValue),
            FaultRule(about: \.sequence) { fault in
                fault.sequence == .serial ? .note("has no effect on a single VM") : nil
            },
            .isPresent(\.govcURL, for: "nobody can log in to vCenter"),
            .isPresent(\.govcUsername, for: "nobody can log in to vCenter"),
            .isPresent(\.govcPassword, for: "nobody can log in to vCenter"),
            FaultRule(about: \.govcInsecure, on: .platform) { fault in
                guard fault.govcInsecure else { return nil }
                return .warning(
                    "the certificate of vCenter goes unchecked, so the password may reach somebody else",
                    hint: "set GOVC_INSECURE=false where vCenter has a certificate that can be checked")
            },
        ])

    /// When the fault starts and ends.
    public var timing: FaultTiming {
        // One VM: nothing comes after it, whatever SEQUENCE says.
        FaultTiming(duration: totalChaosDuration, rampTime: rampTime)
    }

    /// What the share and the timeout come to.
    public var ownFigures: [DerivedFigure] {
        [
            .selected(choosing.selection(of: toxicity), unit: .request),
            .lastReset(of: .request, after: resetTimeout, within: totalChaosDuration),
        ]
    }

    /// What vCenter and the guest must allow.
    public var permissions: [PermissionGrant] {
        [
            PermissionGrant(
                "the vCenter account GOVC_USERNAME",
                .named([
                    "Guest operations: Program execution", "Guest operations: Modifications",
                    "Guest operations: Queries",
                ])),
            PermissionGrant(
                "the guest account VM_USER_NAME",
                .named([
                    "start the proxy", "bind PROXY_PORT (below 1024: CAP_NET_BIND_SERVICE)", "change iptables rules",
                ])),
        ]
    }

    /// The meaning on the wire: each request decided anew, and reset a while after it was received.
    ///
    /// - Returns: A reset. A negative ``resetTimeout``, which ``Fault/lowered(at:for:)`` refuses, counts as zero.
    public func disruptionWithoutJudging() -> Disruption {
        options.reset(
            after: resetTimeout, from: .requestComplete, of: .request, choosing.selection(of: toxicity),
            existingConnections: .excluded)
    }
}
