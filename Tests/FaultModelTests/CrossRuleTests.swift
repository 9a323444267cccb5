import FaultModel
import Testing

@Suite("Rules across tunables")
struct CrossRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: String
        let edition: Edition
        let tunables: KeyValuePairs<String, String>
        /// What is found, as `severity KEY: part of the message`; nothing else may be found.
        let found: [String]

        init(_ fault: String, _ tunables: KeyValuePairs<String, String>, _ found: String...) {
            (self.fault, self.edition, self.tunables, self.found) = (fault, .current, tunables, found)
        }

        init(_ fault: String, legacy tunables: KeyValuePairs<String, String>, _ found: String...) {
            (self.fault, self.edition, self.tunables, self.found) = (fault, .legacy, tunables, found)
        }

        var testDescription: String {
            "\(fault) \(edition) " + tunables.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        }

        /// What the document demands, unless the case says otherwise, so that only the rule in question speaks.
        var entries: [TunableEntry] {
            let base: [String: String] =
                switch fault {
                case "vmware-http-reset-peer":
                    [
                        "VM_NAME": "shop-1", "VM_USER_NAME": "chaos", "VM_PASSWORD": "opensesame",
                        "GOVC_URL": "https://vcenter.example", "GOVC_USERNAME": "chaos", "GOVC_PASSWORD": "sesame",
                        "GOVC_INSECURE": "false",
                    ]
                case "ecs-container-http-reset-peer":
                    edition == .legacy
                        ? ["REGION": "eu-central-1", "CLUSTER_NAME": "shop"]
                        : [
                            "REGION": "eu-central-1", "CLUSTER_NAME": "shop", "SERVICE_NAME": "checkout",
                            "AWS_AUTHENTICATION_SECRET": "aws-file",
                        ]
                case "pod-network-rate-limit": ["LIMIT": "64kb"]
                default: [:]
                }
            let own = Set(tunables.map(\.key))
            return base.filter { !own.contains($0.key) }.sorted { $0.key < $1.key }.map {
                TunableEntry($0.key, $0.value)
            }
                + tunables.filter { $0.value != "-" }.map { TunableEntry($0.key, $0.value) }
        }
    }

    @Test("A rule speaks where it should, and no other rule does", arguments: cases)
    func rules(row: Case) throws {
        let document = try #require(FaultCatalog.standard.document(named: row.fault, edition: row.edition))
        // What only another edition lists is noted each time; the tests of editions look at that.
        let diagnostics = document.parse(row.entries).diagnostics.filter { !$0.message.contains("does not list it") }
        #expect(diagnostics.count == row.found.count, "\(diagnostics)")
        for (diagnostic, wanted) in zip(diagnostics, row.found) {
            let parts = wanted.split(separator: ": ", maxSplits: 1).map(String.init)
            #expect("\(diagnostic.severity) \(diagnostic.key ?? "")" == parts[0])
            #expect(diagnostic.message.contains(parts[1]), "\(diagnostic)")
            #expect(diagnostic.severity == .note || diagnostic.hint != nil, "\(diagnostic)")
        }
    }

    static let id = "0123456789abcdef0123456789abcdef"
    static let rate = "pod-network-rate-limit"
    static let ecs = "ecs-container-http-reset-peer"
    static let vmware = "vmware-http-reset-peer"

    static let cases: [Case] = [
        Case(rate, ["BURST": "1513"], "error BURST: holds no full packet"),
        Case(rate, ["BURST": "1514"]),
        Case(
            rate, ["LIMIT": "1513", "BURST": "1514"], "error LIMIT: holds no full packet", "warning LIMIT: BURST=1514"),
        Case(rate, ["LIMIT": "16kb"], "warning LIMIT: smaller than BURST=32kb"),
        Case(rate, ["LIMIT": "32kb"]),
        Case(rate, ["LIMIT": "2mb"], "warning LIMIT: 16.777 s"),
        Case(rate, ["LIMIT": "2mb", "NETWORK_BANDWIDTH": "10mbit"]),
        Case(rate, ["PEAK_RATE": "2mbit"], "error PEAK_RATE: needs MIN_BURST"),
        Case(rate, ["MIN_BURST": "1540"], "warning MIN_BURST: no effect without PEAK_RATE"),
        Case(rate, ["PEAK_RATE": "2mbit", "MIN_BURST": "1540"]),
        Case(rate, ["PEAK_RATE": "1mbit", "MIN_BURST": "1540"], "error PEAK_RATE: above NETWORK_BANDWIDTH=1mbit"),
        Case(rate, ["PEAK_RATE": "2mbit", "MIN_BURST": "1500"], "error MIN_BURST: holds no full packet"),
        Case(
            rate, ["NETWORK_BANDWIDTH": "8bit", "BURST": "2kb", "LIMIT": "2kb"],
            "error BURST: to fill at NETWORK_BANDWIDTH=8bit", "warning LIMIT: 34 min"),
        Case(rate, ["NETWORK_BANDWIDTH": "1gbit"], "note NETWORK_BANDWIDTH: few applications"),
        Case(rate, ["DESTINATION_IPS": "10.0.0.0/8,10.0.0.0/8"], "warning DESTINATION_IPS: 10.0.0.0/8 more than once"),
        Case(rate, ["NETWORK_INTERFACE": "auto"], "warning NETWORK_INTERFACE: knows no auto"),

        Case(ecs, ["SERVICE_NAME": "-"], "error SERVICE_NAME: never means all of the cluster"),
        Case(ecs, ["SERVICE_NAME": "-", "TASK_REPLICA_ID": id]),
        Case(ecs, ["TASK_REPLICA_ID": id], "warning TASK_REPLICA_ID: SERVICE_NAME=checkout chooses"),
        Case(ecs, ["SERVICE_NAME": "-", "TASK_REPLICA_ID": "\(id),\(id)"], "warning TASK_REPLICA_ID: more than once"),
        Case(
            ecs,
            ["SERVICE_NAME": "-", "TASK_REPLICA_ID": "arn:aws:ecs:us-east-1:123456789012:task/shop/\(id)"],
            "error TASK_REPLICA_ID: not in REGION=eu-central-1"),
        Case(
            ecs,
            ["SERVICE_NAME": "-", "TASK_REPLICA_ID": "arn:aws:ecs:eu-central-1:123456789012:task/other/\(id)"],
            "error TASK_REPLICA_ID: not in CLUSTER_NAME=shop"),
        Case(
            ecs, ["SERVICE_NAME": "-", "TASK_REPLICA_ID": "arn:aws:ecs:eu-central-1:123456789012:task/shop/\(id)"]),
        Case(ecs, ["TASK_REPLICA_AFFECTED_PERC": "0"], "error TASK_REPLICA_AFFECTED_PERC: no meaning here"),
        Case(ecs, ["TASK_REPLICA_AFFECTED_PERC": "50"]),
        Case(
            ecs, ["TASK_REPLICA_AFFECTED_PERC": "50", "SERVICE_NAME": "-", "TASK_REPLICA_ID": id],
            "warning TASK_REPLICA_AFFECTED_PERC: no effect without SERVICE_NAME"),
        Case(ecs, ["RESET_TIMEOUT": "60000"], "warning RESET_TIMEOUT: before the fault ends"),
        Case(ecs, ["PROXY_PORT": "80"], "error PROXY_PORT: the port it intercepts", "warning PROXY_PORT: privilege"),
        Case(ecs, ["TOTAL_CHAOS_DURATION": "43201"], "warning TOTAL_CHAOS_DURATION: Systems Manager"),
        Case(ecs, ["AWS_AUTHENTICATION_SECRET": "-"], "note AWS_AUTHENTICATION_SECRET: IRSA"),
        Case(
            ecs, ["AWS_SHARED_CREDENTIALS_FILE": "/tmp/aws"],
            "warning AWS_SHARED_CREDENTIALS_FILE: AWS_AUTHENTICATION_SECRET names"),
        Case(ecs, ["INSTALL_DEPENDENCIES": "True"], "note INSTALL_DEPENDENCIES: true"),
        Case(
            ecs, ["INSTALL_DEPENDENCY": "True"], "note INSTALL_DEPENDENCY: another name of INSTALL_DEPENDENCIES",
            "note INSTALL_DEPENDENCY: true"),
        Case(ecs, legacy: ["INSTALL_DEPENDENCY": "False"]),
        Case(ecs, legacy: ["INSTALL_DEPENDENCY": "false"], "note INSTALL_DEPENDENCY: False"),
        Case(ecs, legacy: ["CHAOS_INTERVAL": "5"], "note CHAOS_INTERVAL: no effect"),
        Case(ecs, legacy: ["CLUSTER_NAME": "-"], "warning CLUSTER_NAME: cannot be found"),
        Case(ecs, legacy: ["AWS_SHARED_CREDENTIALS_FILE": ""], "warning AWS_SHARED_CREDENTIALS_FILE: log in to AWS"),
        Case(ecs, legacy: ["NETWORK_INTERFACE": "auto"], "warning NETWORK_INTERFACE: knows no auto"),

        Case(vmware, ["GOVC_INSECURE": "true"], "warning GOVC_INSECURE: unchecked"),
        Case(vmware, ["GOVC_PASSWORD": "-"], "warning GOVC_PASSWORD: log in to vCenter"),
        Case(
            vmware, ["GOVC_URL": "-", "GOVC_USERNAME": "-"], "warning GOVC_URL: log in", "warning GOVC_USERNAME: log in"
        ),
        Case(vmware, ["SEQUENCE": "serial"], "note SEQUENCE: single VM"),
        Case(vmware, ["CHAOS_INTERVAL": "5"], "note CHAOS_INTERVAL: no effect"),
        Case(vmware, ["RESET_TIMEOUT": "30000"], "warning RESET_TIMEOUT: before the fault ends"),
        Case(vmware, ["TOXICITY": "0"], "warning TOXICITY: no request"),
    ]
}
