import FaultModel
import Testing

@Suite("Pod HTTP reset peer")
struct PodHTTPResetPeerTests {
    @Test("A local proxy honors what happens on the wire and when")
    func layers() {
        let local = PodHTTPResetPeer.schema.rows.filter(\.traits.layer.appliesToLocalProxy).map(\.key)
        #expect(local == ["RESET_TIMEOUT", "TOXICITY", "TOTAL_CHAOS_DURATION", "RAMP_TIME"])
    }

    @Test("Swift and keys say the same")
    func swiftAndKeys() throws {
        let keys: KeyValuePairs = [
            "RESET_TIMEOUT": "500", "TARGET_SERVICE_PORT": "8080", "TOXICITY": "30", "TOTAL_CHAOS_DURATION": "120",
            "PROXY_PORT": "20001", "NETWORK_INTERFACE": "net1", "TARGET_PODS": "web-0, web-1",
            "TARGET_CONTAINER": "app",
            "NODE_LABEL": "zone=eu", "POD_AFFECTED_PERCENTAGE": "50", "SEQUENCE": "serial",
            "CONTAINER_RUNTIME": "docker",
            "SOCKET_PATH": "/var/run/docker.sock", "RAMP_TIME": "5",
        ]
        let swift = PodHTTPResetPeer(
            toxicity: 30, resetTimeout: .milliseconds(500), targetServicePort: 8080, totalChaosDuration: .seconds(120),
            proxyPort: 20001, networkInterface: "net1", targetPods: ["web-0", "web-1"], targetContainer: "app",
            nodeLabel: "zone=eu", podAffectedPercentage: 50, sequence: .serial, containerRuntime: .docker,
            socketPath: "/var/run/docker.sock", rampTime: .seconds(5))
        #expect(try PodHTTPResetPeer(tunables: keys) == swift)
        #expect(swift.resolvedTunables.allSatisfy { $0.origin == .set(.unknown) })
        #expect(PodHTTPResetPeer().resolvedTunables.allSatisfy { $0.origin == .documentedDefault })
    }

    @Test("On the wire it is what the document promises")
    func lowering() throws {
        let fault = PodHTTPResetPeer(toxicity: 30, resetTimeout: .milliseconds(500))
        #expect(
            try fault.lowered()
                == .reset(
                    ResetDisruption(
                        trigger: .requestComplete, delay: .milliseconds(500), unit: .request,
                        selection: .exactFraction(30), forwarding: .immediately, responsePrefix: 0,
                        upstreamFate: .close,
                        existingConnections: .included)))
    }

    @Test(
        "A choice turns the share into a selection",
        arguments: [
            (.exactFraction, .exactFraction(30)), (.keyedDraw, .keyedDraw(30)),
            (.independentDraw, .independentDraw(30)),
            (.first(2), .first(2)), (.every(3), .every(3)), (.ordinals([1, 4]), .ordinals([1, 4])),
        ] as [(RequestChoice, Selection)])
    func choices(choice: RequestChoice, selection: Selection) throws {
        let disruption = try PodHTTPResetPeer(toxicity: 30, choosing: choice).lowered()
        #expect(disruption == .reset(ResetDisruption(selection: selection)))
    }

    @Test("Options reach the wire")
    func options() throws {
        let options = ResetOptions(
            forwarding: .never, responsePrefix: 500, upstreamFate: .finish, existingConnections: .excluded)
        #expect(
            try PodHTTPResetPeer(options: options).lowered()
                == .reset(
                    ResetDisruption(
                        forwarding: .never, responsePrefix: 500, upstreamFate: .finish, existingConnections: .excluded))
        )
    }

    @Test(
        "Doubts and contradictions across tunables",
        arguments: [
            (["PROXY_PORT": "80"], .error, "PROXY_PORT", "TARGET_SERVICE_PORT=80"),
            (["TARGET_SERVICE_PORT": "20000"], .error, "PROXY_PORT", "TARGET_SERVICE_PORT=20000"),
            (["PROXY_PORT": "1023"], .warning, "PROXY_PORT", "privilege"),
            (["PROXY_PORT": "8474"], .warning, "PROXY_PORT", "toxiproxy"),
            (["PROXY_PORT": "40000"], .warning, "PROXY_PORT", "outgoing"),
            (["RESET_TIMEOUT": "60000"], .warning, "RESET_TIMEOUT", "TOTAL_CHAOS_DURATION=60"),
            (["TOXICITY": "0"], .warning, "TOXICITY", "no request"),
            (["TARGET_PODS": "a,b,a,a"], .warning, "TARGET_PODS", "names a more than once"),
            (["TARGET_PODS": "a", "POD_AFFECTED_PERCENTAGE": "5"], .warning, "POD_AFFECTED_PERCENTAGE", "TARGET_PODS"),
            (["CONTAINER_RUNTIME": "docker"], .warning, "SOCKET_PATH", "CONTAINER_RUNTIME=docker"),
            (["SOCKET_PATH": "/var/run/docker.sock"], .warning, "SOCKET_PATH", "CONTAINER_RUNTIME=containerd"),
        ] as [([String: String], Diagnostic.Severity, String, String)])
    func rules(tunables: [String: String], severity: Diagnostic.Severity, key: String, message: String) {
        let place = Place.argument("somewhere")
        let reading = PodHTTPResetPeer.parse(tunables.map { TunableEntry($0.key, $0.value, place: place) })
        let isAsExpected = { (found: Diagnostic) in
            found.severity == severity && found.key == key && found.message.contains(message) && found.place == place
        }
        #expect(reading.diagnostics.contains(where: isAsExpected), "\(reading.diagnostics)")
        #expect((reading.fault == nil) == (severity == .error))
    }

    @Test(
        "No doubt where there is none",
        arguments: [
            ["PROXY_PORT": "1024"], ["PROXY_PORT": "32767"], ["PROXY_PORT": "61000"], ["RESET_TIMEOUT": "59999"],
            ["TOXICITY": "1"], ["TARGET_PODS": "a,b"], ["POD_AFFECTED_PERCENTAGE": "5"],
            ["CONTAINER_RUNTIME": "crio", "SOCKET_PATH": "/run/crio/crio.sock"],
            ["SOCKET_PATH": "/run/k3s/containerd/containerd.sock"],
        ])
    func quiet(tunables: [String: String]) {
        #expect(PodHTTPResetPeer.parse(tunables.map { TunableEntry($0.key, $0.value) }).diagnostics.isEmpty)
    }

    @Test("A runtime without its socket gets the exact value to set")
    func socketHint() {
        let diagnostics = PodHTTPResetPeer(containerRuntime: .crio).diagnostics()
        #expect(diagnostics.map(\.hint) == ["set SOCKET_PATH=/var/run/crio/crio.sock"])
    }

    @Test(
        "Lengths of time that no key can carry are errors, not roundings",
        arguments: [
            (PodHTTPResetPeer(resetTimeout: .microseconds(1500)), "RESET_TIMEOUT", "1.5"),
            (PodHTTPResetPeer(resetTimeout: .milliseconds(-5)), "RESET_TIMEOUT", "-5"),
            (PodHTTPResetPeer(resetTimeout: .microseconds(-5)), "RESET_TIMEOUT", "-0.005"),
            (PodHTTPResetPeer(resetTimeout: .seconds(86_401)), "RESET_TIMEOUT", "86401000"),
            (PodHTTPResetPeer(resetTimeout: .seconds(Int64.max)), "RESET_TIMEOUT", "9223372036854775807000"),
            (PodHTTPResetPeer(totalChaosDuration: .zero), "TOTAL_CHAOS_DURATION", "0"),
            (PodHTTPResetPeer(rampTime: .milliseconds(10)), "RAMP_TIME", "0.01"),
        ])
    func wrongDurations(fault: PodHTTPResetPeer, key: String, text: String) throws {
        let place = Place.swift(fileID: "Tests/A.swift", line: 3)
        let error = #expect(throws: InvalidFault.self) { try fault.lowered(at: place) }
        let problem = try #require(error?.diagnostics.first)
        #expect((problem.key, problem.value, problem.place) == (key, text, place))
        _ = fault.disruptionWithoutJudging()
    }

    @Test("A fixed choice makes the share moot")
    func mootShare() {
        #expect(PodHTTPResetPeer(choosing: .first(1)).diagnostics().isEmpty)
        #expect(PodHTTPResetPeer(toxicity: 30, choosing: .first(1)).diagnostics().map(\.severity) == [.warning])
    }
}
