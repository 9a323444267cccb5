import FaultLabTestSupport
import Foundation
import Testing

/// The pages about the command promise that the output they show is real.
@Suite struct CommandLinePageTests {
    private static let pages = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Docs")

    /// The blocks of a page that begin with a prompt: a command, and what it says.
    private static func examples(in page: String) throws -> [(words: [String], output: String)] {
        let text = try String(contentsOf: pages.appendingPathComponent(page), encoding: .utf8)
        return text.components(separatedBy: "```console\n$ faultlab ").dropFirst().compactMap { rest in
            guard let end = rest.range(of: "\n```\n") else { return nil }
            let lines = rest[..<end.lowerBound].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return (lines[0].split(separator: " ").map(String.init), lines.count > 1 ? lines[1] + "\n" : "")
        }
    }

    @Test(arguments: [("command-line.md", 4), ("simulate.md", 3)])
    func theOutputOnThePageIsReal(page: String, count: Int) async throws {
        let examples = try Self.examples(in: page)
        #expect(examples.count == count)
        for example in examples {
            let ending = try await run(try Faultlab.path, example.words)
            let said = ending.errors + ending.output
            let isReal = said == example.output
            #expect(isReal, "faultlab \(example.words.joined(separator: " ")) says:\n\(said)")
        }
    }
}
