public import FaultModel

/// Drops connections to a service on a host as soon as they are accepted.
///
/// No document of the product describes it: it shows what a new fault takes, which is this file and one line of a catalog.
/// `Docs/adding-a-fault.md` walks through it.
public struct HostConnectionDrop: Fault {
    /// The host whose connections are dropped.
    public var host: HostName
    /// The share of connections to drop.
    public var dropPercentage: Percentage
    /// How long the fault lasts, in whole seconds.
    public var totalChaosDuration: Duration

    /// Creates the fault; what is left out has the default of its declaration.
    ///
    /// - Parameters:
    ///   - host: The host whose connections are dropped.
    ///   - dropPercentage: The share of connections to drop, 0 to 100 percent.
    ///   - totalChaosDuration: How long the fault lasts, whole seconds from 1.
    public init(
        host: HostName,
        dropPercentage: Percentage = Tunables.dropPercentage.defaultValue,
        totalChaosDuration: Duration = CommonTunables.totalChaosDuration.defaultValue
    ) {
        self.host = host
        self.dropPercentage = dropPercentage
        self.totalChaosDuration = totalChaosDuration
    }

    /// The tunables that no other fault has.
    public enum Tunables {
        /// The host.
        public static let host = RequiredTunable<HostName>(
            "HOST", .text, layer: .targeting, summary: "The host whose connections are dropped.")
        /// The share of connections.
        public static let dropPercentage = Tunable(
            "DROP_PERCENTAGE", .percentage, default: 80, layer: .wire, hint: "use 100 to drop every connection",
            summary: "The share of connections to drop.")
    }

    /// The document: headings, keys and the rules across them.
    public static let schema = FaultSchema<HostConnectionDrop>(
        id: "host-connection-drop",
        title: "Host connection drop",
        summary: "Drops connections to a service on a host as soon as they are accepted.",
        template: HostConnectionDrop(host: "unset.example"),
        groups: [
            TunableGroup(
                "Chaos parameters",
                [
                    TunableField(Tunables.host, \.host),
                    TunableField(Tunables.dropPercentage, \.dropPercentage),
                    TunableField(CommonTunables.totalChaosDuration, \.totalChaosDuration),
                ])
        ],
        rules: [
            FaultRule(about: \.dropPercentage) { fault in
                fault.dropPercentage == .zero ? .warning("drops nothing", hint: "use 1 or more") : nil
            }
        ])

    /// When the fault starts and ends.
    public var timing: FaultTiming { FaultTiming(duration: totalChaosDuration) }

    /// The meaning on the wire: connections reset as they are accepted.
    ///
    /// - Returns: A reset.
    public func disruptionWithoutJudging() -> Disruption {
        .reset(
            ResetDisruption(
                trigger: .connectionAccepted, unit: .connection, selection: .exactFraction(dropPercentage)))
    }
}
