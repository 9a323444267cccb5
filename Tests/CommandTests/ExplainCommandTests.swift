import FaultLabTestSupport
import FaultModel
import Foundation
import Testing

@Suite struct ExplainCommandTests {
    private static let fault = "pod-http-reset-peer"

    private static func explain(_ words: String...) async throws -> ChildProcess.Ending {
        try await run(try Faultlab.path, ["explain"] + words)
    }

    @Test func valuesHaveTheirOrigin() async throws {
        let ending = try await Self.explain("--fault", Self.fault, "--set", "RESET_TIMEOUT=500", "--set=TOXICITY=30")
        #expect(ending.code == 0)
        #expect(ending.errors == "")
        let lines = ending.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("RESET_TIMEOUT 500 milliseconds set by --set RESET_TIMEOUT=500"))
        #expect(lines.contains("TOXICITY 30 percent set by --set TOXICITY=30"))
        #expect(lines.contains("TARGET_SERVICE_PORT 80 default"))
        #expect(lines.contains("On the wire: reset exactly 30 % of requests, 500 ms after the request was received."))
    }

    @Test func doubtsArePartOfTheExplanation() async throws {
        let ending = try await Self.explain("--set", "TOXICITY=0", "--fault", Self.fault, "--set", "RAMP_TIME= 5")
        #expect(ending.code == 0)
        #expect(ending.errors == "")
        #expect(ending.output.contains("\nwarning: TOXICITY=0: no request is reset; "))
        #expect(ending.output.contains("\nnote: RAMP_TIME= 5: white space around the value was ignored"))
    }

    @Test func fiveMistakesAreFiveErrors() async throws {
        let ending = try await Self.explain(
            "--fault", Self.fault, "--set", "RESET_TIMEOUT=soon", "--set", "TOXICITY=130", "--set", "PROXY_PORT=0",
            "--set", "TOXICTY=5", "--set", "SEQUENCE=paralel")
        #expect(ending.code == 2)
        #expect(ending.output == "")
        let lines = ending.errors.split(separator: "\n")
        #expect(lines.count == 5, "\(ending.errors)")
        let starts = ["RESET_TIMEOUT=soon: ", "TOXICITY=130: ", "PROXY_PORT=0: ", "TOXICTY: ", "SEQUENCE=paralel: "]
        for (line, start) in zip(lines, starts) { #expect(line.hasPrefix("error: \(start)")) }
    }

    @Test(arguments: [
        ([], ["--fault NAME is missing"]),
        (["--set", "TOXICITY=5"], ["--fault NAME is missing"]),
        (["--fault", "pod-http-reset-pear"], ["--fault pod-http-reset-pear: ", "did you mean pod-http-reset-peer?"]),
        (["--fault", fault, "--edition", "first"], ["--edition first: pod-http-reset-peer has no such edition"]),
        (["--fault", fault, "--fault", fault], ["--fault is given twice"]),
        (["--fault", fault, "--format", "markdown"], ["--format markdown: the formats are text, json"]),
        (["--fault", fault, "--seed", "5"], ["there is no option \"--seed\"; see faultlab explain --help"]),
        (["--fault", fault, "--set", "TOXICITY"], ["--set TOXICITY: write KEY=VALUE"]),
        (
            ["--fault", fault, "--set", "PROXY_PORT=80"],
            ["PROXY_PORT=80: the proxy cannot listen on the port it intercepts"]
        ),
    ])
    func mistakesAreNamed(words: [String], complaints: [String]) async throws {
        let ending = try await run(try Faultlab.path, ["explain"] + words)
        #expect(ending.code == 2)
        #expect(ending.output == "")
        let lines = ending.errors.split(separator: "\n")
        let isKnown = { (line: Substring) in ["error: ", "warning: ", "note: "].contains { line.hasPrefix($0) } }
        #expect(lines.allSatisfy(isKnown) && lines.contains { $0.hasPrefix("error: ") }, "\(ending.errors)")
        for complaint in complaints { #expect(ending.errors.contains(complaint), "\(ending.errors)") }
    }

    /// Words in which `hunter2` is, or may be, the value of a secret.
    static let secretive: [[String]] =
        [
            ["--set", "VM_PASSWORD=hunter2"], ["--set=VM_PASSWORD=hunter2"], ["--set", "VM_PASSWORD", "hunter2"],
            ["--set", "hunter2"], ["--set", "=hunter2"], ["--set", "VM_PASSWORD=my", "hunter2"],
            ["--sett", "VM_PASSWORD=hunter2"], ["--VM_PASSWORD=hunter2"], ["VM_PASSWORD=hunter2"],
            ["--set", " VM_PASSWORD = hunter2"], ["--set", "vm_password=hunter2"],
            ["--edition", "VM_PASSWORD=hunter2"],
            ["--format", "VM_PASSWORD=hunter2"], ["--set", "VM_PASSWORD=hunter2", "--set", "VM_PASSWORD=hunter2b"],
        ]

    @Test(arguments: secretive) func secretsAreNotRepeated(words: [String]) async throws {
        for document in FaultCatalog.standard.documents {
            let place = ["--fault", document.id, "--edition", document.edition.name]
            let ending = try await run(try Faultlab.path, ["explain"] + place + words)
            #expect(!ending.output.contains("hunter2"), "\(ending.output)")
            #expect(!ending.errors.contains("hunter2"), "\(ending.errors)")
            #expect(!(ending.output + ending.errors).isEmpty)
            let proxy = ["proxy", "--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:9", "--duration", "0.01"]
            let relay = try await run(try Faultlab.path, proxy + place + words)
            #expect(!(relay.output + relay.errors).contains("hunter2"), "\(relay.errors)")
        }
    }

    @Test(arguments: FaultCatalog.standard.documents.indices) func everySecretOfADocumentIsKept(index: Int) async throws
    {
        let document = FaultCatalog.standard.documents[index]
        let keys = document.rows.filter(\.traits.isSecret).flatMap { [$0.key] + $0.traits.aliases }
        let place = ["--fault", document.id, "--edition", document.edition.name]
        // A key that nobody knows has to be treated like a secret, so there is always one to try.
        for key in keys + ["NO_SUCH_KEY"] {
            for value in ["hunter2", "hunter2\u{7}"] {
                let ending = try await run(try Faultlab.path, ["explain"] + place + ["--set", "\(key)=\(value)"])
                #expect(!(ending.output + ending.errors).contains("hunter2"), "\(ending.errors)")
                // The bell is an error in a secret, and it is named without the value.
                if value.last == "\u{7}" { #expect(ending.errors.contains("error: \(key): "), "\(ending.errors)") }
            }
        }
    }

    @Test(arguments: ["text", "json"]) func aSecretIsExplainedWithoutItsValue(format: String) async throws {
        let ending = try await Self.explain(
            "--fault", "vmware-http-reset-peer", "--set", "VM_NAME=web", "--set", "VM_USER_NAME=root", "--set",
            "VM_PASSWORD=hunter2", "--set", "GOVC_PASSWORD=hunter2", "--format", format)
        #expect(ending.code == 0, "\(ending.errors)")
        #expect(!ending.output.contains("hunter2"))
        #expect(ending.output.contains("VM_PASSWORD"))
        #expect(format == "json" || ending.output.contains("set by --set VM_PASSWORD=…"))
    }

    @Test(.requires("python3")) func jsonIsForScripts() async throws {
        let ending = try await Self.explain("--fault", Self.fault, "--set", "TOXICITY=0", "--format", "json")
        #expect(ending.code == 0)
        try await withTemporaryFolder { folder in
            try folder.write(ending.output, to: "input")
            let script = """
                import json, sys
                data = json.load(open(sys.argv[1]))
                print(*data)
                print(*(t["key"] + "=" + t["value"] for t in data["tunables"] if t["origin"] == "set"))
                print(*(r["severity"] + ":" + r["key"] for r in data["remarks"]))
                """
            let python = try await run(try RealProgram.require("python3"), ["-c", script, folder.path(of: "input")])
            let members = "name edition disruption tunables figures permissions remarks"
            #expect(python.output == "\(members)\nTOXICITY=0\nwarning:TOXICITY\n", "\(python.errors)")
        }
    }

    @Test(arguments: ["current", "CURRENT"]) func anEditionIsChosenByName(name: String) async throws {
        let ending = try await Self.explain("--edition", name, "--fault", Self.fault)
        #expect(ending.code == 0)
        #expect(ending.output.hasPrefix("Pod HTTP reset peer (pod-http-reset-peer, edition current)\n"))
    }
}
