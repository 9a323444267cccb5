import FaultLabTestSupport
import FaultModel
import Foundation
import Reports
import Testing

@Suite(.requires("python3"), .requires(module: "jsonschema")) struct FaultFormSchemaTests {
    /// Says for each instance whether it is valid, after judging the schema itself.
    private static let script = """
        import json, sys
        from jsonschema import Draft202012Validator
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for line in open(sys.argv[2]):
            print("yes" if validator.is_valid(json.loads(line)) else "no")
        """

    private static func judge(_ instances: [[String: Any]], by document: FaultDocument) async throws -> [Bool] {
        let lines = try instances.map { instance in
            String(decoding: try JSONSerialization.data(withJSONObject: instance), as: UTF8.self)
        }
        let ending = try await Python.run(script, on: FaultFormSchema(document).text, lines.joined(separator: "\n"))
        #expect(ending.code == 0, "\(ending.errors)")
        return ending.output.split(separator: "\n").map { $0 == "yes" }
    }

    /// A value of each required tunable that its pattern, if it has one, allows.
    private static func required(_ document: FaultDocument) -> [String: Any] {
        let rows = document.rows.filter(\.isRequired)
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (row.key, row.values?.first ?? row.range.map { "\($0.lowerBound)" } ?? "x")
            })
    }

    @Test(arguments: allDocuments.indices) func defaultsAreValid(index: Int) async throws {
        let document = allDocuments[index]
        let defaults = document.rows.compactMap { row in row.defaultText.map { (row.key, $0) } }
        let instance = Self.required(document).merging(defaults) { first, _ in first }
        var instances = [instance]
        for row in document.rows {
            instances.append(instance.merging([row.key: 5]) { _, new in new })
        }
        instances.append(instance.merging(["NO_SUCH_KEY": "x"]) { _, new in new })
        for row in document.rows where row.isRequired {
            var missing = instance
            missing[row.key] = nil
            instances.append(missing)
        }
        let verdicts = try await Self.judge(instances, by: document)
        #expect(verdicts == [true] + Array(repeating: false, count: instances.count - 1))
    }

    @Test(arguments: allDocuments.indices) func numbersAndChoicesAreJudgedAsTheReaderJudgesThem(index: Int) async throws
    {
        let document = allDocuments[index]
        var instances: [[String: Any]] = []
        var isLegal: [Bool] = []
        for row in document.rows {
            let candidates: [String]
            if let range = row.range {
                candidates = [range.lowerBound - 1, range.lowerBound, range.upperBound, range.upperBound + 1].map(
                    String.init)
            } else if let values = row.values {
                candidates = values + ["no such choice"]
            } else {
                continue
            }
            for text in candidates {
                instances.append(Self.required(document).merging([row.key: text]) { _, new in new })
                let diagnostics = document.parse([TunableEntry(row.key, text)]).diagnostics
                isLegal.append(!diagnostics.contains { $0.key == row.key && $0.rule != nil && $0.value == text })
            }
        }
        try #require(!instances.isEmpty)
        #expect(try await Self.judge(instances, by: document) == isLegal)
    }

    @Test(arguments: [
        ("vmware-http-reset-peer", Edition.current, "GOVC_INSECURE", ["true", "false"]),
        ("ecs-container-http-reset-peer", .legacy, "INSTALL_DEPENDENCY", ["True", "False"]),
        ("pod-http-reset-peer", .current, "SEQUENCE", ["parallel", "serial"]),
    ])
    func choicesAreOffered(id: String, edition: Edition, key: String, values: [String]) throws {
        let document = try #require(FaultCatalog.standard.document(named: id, edition: edition))
        let data = Data(FaultFormSchema(document).text.utf8)
        let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        #expect(properties[key]?["enum"] as? [String] == values)
    }

    @Test func formsGetWhatTheyDraw() throws {
        let data = Data(FaultFormSchema(SampleFault.current).text.utf8)
        let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(schema["title"] as? String == "Sample wait")
        #expect(schema["required"] as? [String] == ["HOST", "PASSWORD"])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        #expect(properties["PASSWORD"]?["writeOnly"] as? Bool == true)
        #expect(properties["PASSWORD"]?["default"] == nil)
        #expect(properties["HOST"]?["writeOnly"] == nil)
        #expect(properties["WAIT"]?["default"] as? String == "10000")
        #expect(properties["WAIT"]?["x-unit"] as? String == "milliseconds")
        #expect(properties["WAIT"]?["x-group"] as? String == "Wait")
        #expect(properties["RUNTIME"]?["enum"] as? [String] == ["containerd", "docker", "crio"])
        let older = Data(FaultFormSchema(SampleFault.older).text.utf8)
        let olderSchema = try #require(try JSONSerialization.jsonObject(with: older) as? [String: Any])
        let olderProperties = try #require(olderSchema["properties"] as? [String: [String: Any]])
        #expect(olderProperties["RUNTIME"]?["enum"] as? [String] == ["containerd", "docker", "crio", ""])
    }
}
