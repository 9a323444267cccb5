import FaultLabTestSupport
import FaultModel
import Foundation
import Testing

@Suite struct FaultsCommandTests {
    private static let documents = FaultCatalog.standard.documents

    private static func faults(_ words: String...) async throws -> ChildProcess.Ending {
        try await run(try Faultlab.path, ["faults"] + words)
    }

    /// What Python makes of JSON, so that no reader of ours forgives itself.
    private static func python(_ script: String, on text: String) async throws -> String {
        try await withTemporaryFolder { folder in
            try folder.write(text, to: "input")
            let words = ["-c", "import json,sys; data=json.load(open(sys.argv[1])); " + script]
            let ending = try await run(try RealProgram.require("python3"), words + [folder.path(of: "input")])
            #expect(ending.code == 0, "\(ending.errors)")
            return ending.output
        }
    }

    @Test func theOverviewHasALineForEachDocument() async throws {
        let ending = try await Self.faults()
        #expect(ending.code == 0)
        #expect(ending.errors == "")
        let lines = ending.output.split(separator: "\n")
        #expect(lines.count == Self.documents.count)
        #expect(lines.first?.hasPrefix("pod-http-reset-peer  ") == true)
    }

    @Test(.requires("python3")) func theCatalogIsAnArrayWithTheAgreedNames() async throws {
        let ending = try await Self.faults("--format", "json")
        #expect(ending.code == 0)
        #expect(ending.errors == "")
        let script = """
            print([list(d)[:4] for d in data] == [['name','edition','title','tunables']] * len(data)); \
            names = ['key','default','required','unit','type','group','description']; \
            print(all(list(t)[:7] == names for d in data for t in d['tunables'])); \
            print(all(t['required'] == (t['default'] is None) for d in data for t in d['tunables'])); \
            print(*(d['name'] + ' ' + d['edition'] for d in data), sep=', ')
            """
        let names = Self.documents.map { "\($0.id) \($0.edition)" }.joined(separator: ", ")
        let said = try await Self.python(script, on: ending.output)
        #expect(said == "True\nTrue\nTrue\n\(names)\n")
    }

    @Test(.requires("python3"), arguments: documents.indices) func oneFaultIsAnArrayOfItsEditions(index: Int)
        async throws
    {
        let document = Self.documents[index]
        let all = try await Self.faults(document.id, "--format", "json")
        let editions = Self.documents.filter { $0.id == document.id }.map(\.edition.name)
        let said = try await Self.python("print(*(d['edition'] for d in data))", on: all.output)
        #expect(said == editions.joined(separator: " ") + "\n")
        let one = try await Self.faults(document.id, "--format=json", "--edition", document.edition.name)
        let keys = try await Self.python(
            "print(*(t['key'] for t in data[0]['tunables'])); print(len(data))", on: one.output)
        #expect(keys == document.rows.map(\.key).joined(separator: " ") + "\n1\n")
    }

    @Test(.requires("python3"), arguments: documents.indices) func aSchemaIsOfOneEdition(index: Int) async throws {
        let document = Self.documents[index]
        let ending = try await Self.faults(document.id, "--format", "schema", "--edition", document.edition.name)
        let said = try await Self.python(
            "print(data['x-fault'], data['x-edition'], len(data['properties']))", on: ending.output)
        #expect(said == "\(document.id) \(document.edition) \(document.rows.count)\n")
    }

    @Test func aNameInAnyCaseIsRead() async throws {
        let ending = try await Self.faults("POD-HTTP-reset-peer")
        #expect(ending.code == 0)
        #expect(ending.output.hasPrefix("Pod HTTP reset peer (pod-http-reset-peer, edition current)\n"))
        #expect(ending.output.contains("\n  RESET_TIMEOUT  "))
    }

    @Test func markdownIsThePage() async throws {
        let page = try await Self.faults("pod-http-reset-peer", "--format", "markdown")
        #expect(page.output.contains("\n# Pod HTTP reset peer\n"))
        let index = try await Self.faults("--format", "markdown")
        #expect(index.output.contains("](pod-http-reset-peer.md)"))
    }

    @Test(arguments: [
        (["pod-http-reset-pear"], ["pod-http-reset-pear: there is no such fault; did you mean pod-http-reset-peer?"]),
        ([""], ["'': there is no such fault; known are pod-http-reset-peer, pod-network-rate-limit"]),
        (["qqq\u{1B}[2J"], ["qqq\u{FFFD}[2J: there is no such fault"]),
        (["qqq"], ["qqq: there is no such fault; known are pod-http-reset-peer"]),
        (["pod-http-reset-peer", "--edition", "first"], ["--edition first: pod-http-reset-peer has no such edition"]),
        (["--format", "yaml"], ["--format yaml: the formats are text, json, markdown, schema"]),
        (["--format", "schema"], ["--format schema goes with the NAME of a fault"]),
        (["--edition", "current"], ["--edition goes with the NAME of a fault"]),
        (["--format"], ["--format wants a value behind it"]),
        (["pod-http-reset-peer", "again"], ["\"again\" belongs to no option"]),
        (
            ["qqq", "--nonsense", "--format", "x", "more"],
            ["qqq: there is no", "there is no option \"--nonsense\"", "--format x: ", "\"more\" belongs"]
        ),
    ])
    func mistakesAreNamed(words: [String], complaints: [String]) async throws {
        let ending = try await run(try Faultlab.path, ["faults"] + words)
        #expect(ending.code == 2)
        #expect(ending.output == "")
        let lines = ending.errors.split(separator: "\n")
        #expect(lines.count == complaints.count, "\(ending.errors)")
        #expect(lines.allSatisfy { $0.hasPrefix("error: ") })
        for complaint in complaints { #expect(ending.errors.contains(complaint), "\(ending.errors)") }
    }

    @Test(arguments: ["faults", "explain", "proxy"]) func everyCommandHasHelp(command: String) async throws {
        for word in ["--help", "-h"] {
            let ending = try await run(try Faultlab.path, [command, "--nonsense", word])
            #expect(ending.code == 0)
            #expect(ending.errors == "")
            #expect(ending.output.hasPrefix("usage: faultlab \(command) "))
        }
        let all = try await run(try Faultlab.path, ["--help"])
        #expect(all.code == 0)
        #expect(all.output.contains("\n  \(command) "))
    }
}
