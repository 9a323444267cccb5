import FaultModel

/// A fault with what the documented ones have only together: required tunables, a secret, a choice, an alias, a figure,
/// permissions of every kind, and an older edition that differs in most of that.
struct SampleFault: Fault {
    var host: ContainerName
    var password: String
    var wait: Duration
    var runtime: ContainerRuntime
    var names: [PodName]
    var edition: Edition

    enum Tunables {
        static let host = RequiredTunable<ContainerName>(
            "HOST", .text, layer: .targeting, summary: "The host, as name|port.")
        static let password = RequiredTunable(
            "PASSWORD", .password, layer: .targeting, isSecret: true, summary: "The password of the host.")
        static let wait = Tunable(
            "WAIT", .milliseconds(5...90_000), default: .seconds(10), layer: .wire, aliases: ["WAIT_TIME"],
            summary: "The wait.")
        static let runtime = Tunable(
            "RUNTIME", .choice("runtime"), default: ContainerRuntime.crio, layer: .targeting, summary: "The runtime.")
        static let names = Tunable(
            "NAMES", .list(of: .text, empty: "for all"), default: [PodName](), layer: .targeting, summary: "The names.")
        static let legacyWait = Tunable(
            "WAIT_TIME", .milliseconds(5...90_000), default: .seconds(2), layer: .wire, summary: "The wait.")
        static let legacyRuntime = Tunable(
            "RUNTIME", .optional(.choice("runtime"), empty: "for any"), default: ContainerRuntime?.none,
            layer: .targeting, summary: "The runtime.")
    }

    var optionalRuntime: ContainerRuntime? {
        get { runtime }
        set { runtime = newValue ?? .docker }
    }

    static let schema = FaultSchema<SampleFault>(
        id: "sample-wait", title: "Sample wait", summary: "Waits.", template: template(.current),
        groups: [
            TunableGroup("Target", [TunableField(Tunables.host, \.host), TunableField(Tunables.password, \.password)]),
            TunableGroup("Wait", [TunableField(Tunables.wait, \.wait)]),
            TunableGroup(
                "Way in", [TunableField(Tunables.runtime, \.runtime), TunableField(Tunables.names, \.names)]),
        ],
        rules: [
            FaultRule(about: \.password, with: \.host) { fault in
                fault.password == fault.host.text ? .warning("is the name of the host") : nil
            }
        ])

    static let legacy = FaultSchema<SampleFault>(
        id: "sample-wait", title: "Sample wait", summary: "Waits.", edition: .legacy, template: template(.legacy),
        groups: [
            TunableGroup("Wait", [TunableField(Tunables.legacyWait, \.wait)]),
            TunableGroup("Way in", [TunableField(Tunables.legacyRuntime, \.optionalRuntime)]),
        ])

    static let editions = [schema, legacy]

    private static func template(_ edition: Edition) -> SampleFault {
        SampleFault(host: "unset", password: "", wait: .zero, runtime: .docker, names: [], edition: edition)
    }

    var timing: FaultTiming { FaultTiming(duration: .seconds(60)) }

    var ownFigures: [DerivedFigure] { [DerivedFigure("twice the wait", "\(wait * 2)", "WAIT, two times")] }

    var permissions: [PermissionGrant] {
        let kubernetes = PermissionGrant(
            "the service account",
            .kubernetes([
                PermissionGrant.KubernetesRule(resources: ["pods", "pods/log"], verbs: ["get", "list"]),
                PermissionGrant.KubernetesRule(apiGroup: "apps", resources: ["deployments"], verbs: ["get"]),
            ]))
        guard edition == .current else { return [kubernetes] }
        return [
            kubernetes,
            PermissionGrant(
                "the role of the pod", .iam(["ssm:SendCommand", "ecs:ListTasks", "ssm:CancelCommand"])),
            PermissionGrant("the guest's user", .named(["Guest operations", "Power on"])),
        ]
    }

    func disruptionWithoutJudging() -> Disruption { .reset(ResetDisruption(delay: wait)) }
}

extension SampleFault {
    static let documents = FaultDocument.editions(of: SampleFault.self)
    static let current = documents[0]
    static let older = documents[1]

    /// Values for what is required, the secret among them.
    static let required = [TunableEntry("HOST", "web"), TunableEntry("PASSWORD", secret)]
    static let secret = "hunter2-correct-horse"
}

extension TunableCodec where Value == String {
    static var password: Self {
        TunableCodec(
            typeName: "password", rule: "a password has at least three characters", ignoresOuterSpace: false,
            read: { text throws(TunableFlaw) in
                if text.count < 3 { throw TunableFlaw(message: "'\(text)' is too short", hint: "not \(text)") }
                return Reading(text)
            },
            write: { $0 })
    }
}

/// Every document that a test can be asked about: the catalog's, and the sample's editions.
let allDocuments = FaultCatalog.standard.documents + SampleFault.documents
