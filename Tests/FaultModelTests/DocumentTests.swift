import FaultModel
import Testing

@Suite("The documents, as data")
struct DocumentTests {
    @Test("Four documents, one of them in two editions, the current one first")
    func catalog() {
        #expect(
            FaultCatalog.standard.documents.map { "\($0.id) \($0.edition)" } == [
                "pod-http-reset-peer current", "pod-network-rate-limit current", "vmware-http-reset-peer current",
                "ecs-container-http-reset-peer current", "ecs-container-http-reset-peer legacy",
            ])
    }

    @Test(
        "The tunables are the document's, in its order, under its headings, with its defaults",
        arguments: documents)
    func table(document: Table) throws {
        let found = try #require(
            FaultCatalog.standard.document(named: document.id, edition: Edition(name: document.edition)))
        let rows = found.rows.map { "\($0.group) | \($0.key) | \($0.defaultText ?? "required")" }
        #expect(rows == document.rows)
    }

    @Test("What is left out has the default of its document", arguments: documents)
    func defaults(document: Table) throws {
        let found = try #require(
            FaultCatalog.standard.document(named: document.id, edition: Edition(name: document.edition)))
        let reading = found.parse(document.needed.map { TunableEntry($0.key, $0.value) })
        let fault = try #require(reading.fault, "\(reading.diagnostics)")
        for tunable in reading.tunables where tunable.origin == .documentedDefault && !tunable.row.traits.isSecret {
            #expect(tunable.text == tunable.row.defaultText, "\(tunable.row.key)")
        }
        let again = found.parse(fault.tunables)
        #expect(again.fault.map { $0.tunables } == fault.tunables)
    }

    struct Table: Sendable, CustomTestStringConvertible {
        let id: String
        let edition: String
        /// What has to be given.
        let needed: [String: String]
        let rows: [String]

        var testDescription: String { "\(id) \(edition)" }
    }

    static let targeting = [
        "Targeting | TARGET_PODS | ",
        "Targeting | TARGET_CONTAINER | ",
        "Targeting | NODE_LABEL | ",
        "Targeting | POD_AFFECTED_PERCENTAGE | 0",
        "Targeting | SEQUENCE | parallel",
        "Runtime and helper | CONTAINER_RUNTIME | containerd",
        "Runtime and helper | SOCKET_PATH | /run/containerd/containerd.sock",
        "Runtime and helper | RAMP_TIME | 0",
    ]

    static let documents = [
        Table(
            id: "pod-http-reset-peer", edition: "current", needed: [:],
            rows: [
                "Chaos parameters | RESET_TIMEOUT | 0",
                "Chaos parameters | TARGET_SERVICE_PORT | 80",
                "Chaos parameters | TOXICITY | 100",
                "Chaos parameters | TOTAL_CHAOS_DURATION | 60",
                "Proxy and interface | PROXY_PORT | 20000",
                "Proxy and interface | NETWORK_INTERFACE | eth0",
            ] + targeting),
        Table(
            id: "pod-network-rate-limit", edition: "current", needed: [:],
            rows: [
                "Chaos parameters | NETWORK_BANDWIDTH | 1mbit",
                "Chaos parameters | BURST | 32kb",
                "Chaos parameters | LIMIT | 2mb",
                "Chaos parameters | MIN_BURST | ",
                "Chaos parameters | PEAK_RATE | ",
                "Chaos parameters | TOTAL_CHAOS_DURATION | 60",
                "Traffic filters | DESTINATION_IPS | ",
                "Traffic filters | DESTINATION_HOSTS | ",
                "Traffic filters | NETWORK_INTERFACE | eth0",
            ] + targeting),
        Table(
            id: "vmware-http-reset-peer", edition: "current",
            needed: ["VM_NAME": "shop-1", "VM_USER_NAME": "chaos", "VM_PASSWORD": "opensesame"],
            rows: [
                "Required parameters | VM_NAME | required",
                "Required parameters | VM_USER_NAME | required",
                "Required parameters | VM_PASSWORD | required",
                "Required parameters | RESET_TIMEOUT | 2000",
                "Required parameters | TARGET_SERVICE_PORT | 80",
                "HTTP chaos parameters | NETWORK_INTERFACE | ens160",
                "HTTP chaos parameters | PROXY_PORT | 8080",
                "HTTP chaos parameters | TOXICITY | 100",
                "Chaos parameters | TOTAL_CHAOS_DURATION | 30",
                "Chaos parameters | CHAOS_INTERVAL | 10",
                "Chaos parameters | SEQUENCE | parallel",
                "Chaos parameters | RAMP_TIME | 0",
                "vCenter authentication | GOVC_URL | ",
                "vCenter authentication | GOVC_USERNAME | ",
                "vCenter authentication | GOVC_PASSWORD | ",
                "vCenter authentication | GOVC_INSECURE | true",
            ]),
        Table(
            id: "ecs-container-http-reset-peer", edition: "current",
            needed: ["CLUSTER_NAME": "shop", "REGION": "eu-central-1", "SERVICE_NAME": "checkout"],
            rows: [
                "Required parameters | CLUSTER_NAME | required",
                "Required parameters | REGION | required",
                "Targeting parameters | SERVICE_NAME | ",
                "Targeting parameters | TASK_REPLICA_ID | ",
                "Targeting parameters | TASK_REPLICA_AFFECTED_PERC | 100",
                "Chaos parameters | RESET_TIMEOUT | 10000",
                "Chaos parameters | TARGET_SERVICE_PORT | 80",
                "Chaos parameters | PROXY_PORT | 20000",
                "Chaos parameters | NETWORK_INTERFACE | auto",
                "Chaos parameters | TOTAL_CHAOS_DURATION | 60",
                "Chaos parameters | INSTALL_DEPENDENCIES | true",
                "Chaos parameters | SEQUENCE | parallel",
                "Chaos parameters | RAMP_TIME | 0",
                "Authentication | ASSUME_ROLE_ARN | ",
                "Authentication | AWS_AUTHENTICATION_SECRET | ",
            ]),
        Table(
            id: "ecs-container-http-reset-peer", edition: "legacy", needed: ["REGION": "eu-central-1"],
            rows: [
                "Mandatory tunables | REGION | required",
                "Mandatory tunables | RESET_TIMEOUT | 0",
                "Mandatory tunables | TARGET_SERVICE_PORT | 80",
                "Optional tunables | TOTAL_CHAOS_DURATION | 30",
                "Optional tunables | CHAOS_INTERVAL | 30",
                "Optional tunables | AWS_SHARED_CREDENTIALS_FILE | /tmp/cloud_config.yml",
                "Optional tunables | SEQUENCE | parallel",
                "Optional tunables | RAMP_TIME | 0",
                "Optional tunables | INSTALL_DEPENDENCY | True",
                "Optional tunables | PROXY_PORT | 20000",
                "Optional tunables | NETWORK_INTERFACE | eth0",
            ]),
    ]
}
