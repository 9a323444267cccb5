import FaultModel

/// A fault with what the documented ones have only together: required tunables, a secret, a cross rule about it, and an
/// older edition that spells a key and sets a default differently.
struct SampleFault: Fault {
    var host: InterfaceName
    var password: String
    var wait: Duration
    var edition: Edition

    enum Tunables {
        static let host = RequiredTunable<InterfaceName>("HOST", .text, layer: .targeting, summary: "The host.")
        static let password = RequiredTunable(
            "PASSWORD", .password, layer: .targeting, isSecret: true, summary: "The password of the host.")
        static let wait = Tunable("WAIT", .seconds(0...100), default: .seconds(10), layer: .wire, summary: "The wait.")
        static let legacyWait = Tunable(
            "WAIT_TIME", .seconds(0...100), default: .seconds(1), layer: .wire, summary: "The wait.")
    }

    static let schema = document(.current, wait: Tunables.wait)
    static let editions = [schema, document(.legacy, wait: Tunables.legacyWait)]

    static func document(_ edition: Edition, wait: Tunable<Duration>) -> FaultSchema<SampleFault> {
        FaultSchema(
            id: "sample", title: "Sample", summary: "Waits.", edition: edition,
            template: SampleFault(host: "unset", password: "", wait: .zero, edition: edition),
            groups: [
                TunableGroup(
                    "Required",
                    [TunableField(Tunables.host, \.host), TunableField(Tunables.password, \.password)]),
                TunableGroup("Optional", [TunableField(wait, \.wait)]),
            ],
            rules: [
                FaultRule(about: \.password, with: \.host) { fault in
                    fault.password == fault.host.text ? .warning("is the name of the host") : nil
                }
            ])
    }

    var timing: FaultTiming { FaultTiming(duration: wait) }

    func disruptionWithoutJudging() -> Disruption { .reset(ResetDisruption(delay: wait)) }
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
