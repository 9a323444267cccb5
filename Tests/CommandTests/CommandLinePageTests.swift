import FaultLabTestSupport
import Foundation
import Testing

/// `Docs/command-line.md` promises that the output it shows is real.
@Suite struct CommandLinePageTests {
    private static let page = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Docs/command-line.md")

    /// The blocks that begin with a prompt: a command, and what it says.
    private static func examples() throws -> [(words: [String], output: String)] {
        let text = try String(contentsOf: page, encoding: .utf8)
        return text.components(separatedBy: "```console\n$ faultlab ").dropFirst().compactMap { rest in
            guard let end = rest.range(of: "\n```\n") else { return nil }
            let lines = rest[..<end.lowerBound].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return (lines[0].split(separator: " ").map(String.init), lines.count > 1 ? lines[1] + "\n" : "")
        }
    }

    @Test func theOutputOnThePageIsReal() async throws {
        let examples = try Self.examples()
        #expect(examples.count == 4)
        for example in examples {
            let ending = try await run(try Faultlab.path, example.words)
            let said = ending.errors + ending.output
            let isReal = said == example.output
            #expect(isReal, "faultlab \(example.words.joined(separator: " ")) says:\n\(said)")
        }
    }
}
