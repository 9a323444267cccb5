import FaultLabTestSupport
import Foundation
import Testing

/// Python, whose JSON reader and schema validator other people wrote.
enum Python {
    /// Runs a script on some texts, which it finds in files named by its arguments.
    static func run(_ script: String, on texts: String...) async throws -> ChildProcess.Ending {
        try await withTemporaryFolder { folder in
            var paths: [String] = []
            for (index, text) in texts.enumerated() {
                try folder.write(text, to: "\(index)")
                paths.append(folder.path(of: "\(index)"))
            }
            return try await FaultLabTestSupport.run(try RealProgram.require("python3"), ["-c", script] + paths)
        }
    }

    /// Reads a text with Python's reader and writes it again, sorted and on one line.
    static func normalized(_ text: String) async throws -> String {
        let script = "import json,sys; print(json.dumps(json.load(open(sys.argv[1])), sort_keys=True))"
        let ending = try await run(script, on: text)
        #expect(ending.code == 0, "\(ending.errors)")
        return ending.output
    }
}

extension Trait where Self == ConditionTrait {
    /// Leaves a test out, and says so, where Python has no such module; never where everything is installed for the checks.
    static func requires(module: String) -> Self {
        .enabled("python3 has no module \(module) (Debian: python3-\(module))") {
            if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
            return await (try? Python.run("import \(module)"))?.code == 0
        }
    }
}
