import FaultLabTestSupport
import Foundation

/// The built command, which `swift test` puts beside the tests.
enum Faultlab {
    static var path: String {
        get throws {
            let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath
            let tests = URL(fileURLWithPath: bundle ?? CommandLine.arguments[0]).standardizedFileURL
            let path = tests.deletingLastPathComponent().appendingPathComponent("faultlab").path
            guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
            return path
        }
    }

    struct NotBuilt: Error {
        let path: String
    }

    /// A running `faultlab proxy`.
    struct Proxy {
        let child: ChildProcess
        let port: Int

        /// Ends it as a person would, and tells what it left.
        func interrupt(_ signal: Int32 = SIGINT) async throws -> ChildProcess.Ending? {
            child.send(signal)
            return try await child.ending()
        }
    }

    /// Runs `faultlab proxy` on a free port for the length of a closure.
    static func withProxy<Result>(
        upstream: some PortHolder, _ words: [String] = [], _ body: (Proxy) async throws -> Result
    ) async throws -> Result {
        // The server goes when nobody holds it any more.
        defer { withExtendedLifetime(upstream) {} }
        let arguments = ["proxy", "--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:\(upstream.port)"] + words
        return try await withChild(try path, arguments) { child in
            try await body(Proxy(child: child, port: try await port(of: child)))
        }
    }

    /// The port in the first line of output, which says that the proxy is armed.
    static func port(of child: ChildProcess) async throws -> Int {
        let line = try await child.firstLine() ?? ""
        let start = "listening on 127.0.0.1:"
        guard line.hasPrefix(start), let port = Int(line.dropFirst(start.count)) else {
            throw NotListening(line: line, errors: child.errors)
        }
        return port
    }

    struct NotListening: Error {
        let line: String
        let errors: String
    }
}
