import Foundation
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A process that a test started.
///
/// What it prints goes to files, so that nothing it writes can block it.
package final class ChildProcess: Sendable {
    private let process: Process
    private let folder: TemporaryFolder
    private let termination: Mutex<Int32?>

    /// What a process left behind.
    package struct Ending: Sendable {
        /// The exit code; 128 and the number of the signal for a process that a signal ended, as shells say it.
        package let code: Int32
        package let output: String
        package let errors: String
    }

    fileprivate init(
        _ program: String, _ arguments: [String], in folder: TemporaryFolder, environment: [String: String]
    ) throws {
        self.folder = folder
        process = Process()
        termination = Mutex(nil)
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try folder.writableFile(Self.outputName)
        process.standardError = try folder.writableFile(Self.errorsName)
        process.terminationHandler = { [weak self] process in
            let code = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
            self?.termination.withLock { $0 = code }
        }
        try process.run()
    }

    private static let outputName = "standard-output"
    private static let errorsName = "standard-errors"

    package var output: String { folder.text(of: Self.outputName) }
    package var errors: String { folder.text(of: Self.errorsName) }
    package var isRunning: Bool { process.isRunning }

    package func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for the first whole line on standard output.
    package func firstLine() async throws -> String? {
        try await eventually {
            let text = output
            if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
            return process.isRunning ? nil : ""
        }
    }

    /// Waits until the process has ended by itself; `nil` when it does not.
    package func ending() async throws -> Ending? {
        guard let code = try await eventually({ termination.withLock { $0 } }) else { return nil }
        return Ending(code: code, output: output, errors: errors)
    }

    fileprivate func endForSure() async throws {
        if process.isRunning { send(SIGKILL) }
        _ = try await ending()
    }
}

/// Runs a process for the length of a closure, in an empty folder of its own; it is killed if it still runs then.
package func withChild<Result>(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    _ body: (ChildProcess) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder { folder in
        let child = try ChildProcess(program, arguments, in: folder, environment: environment)
        do {
            let result = try await body(child)
            try await child.endForSure()
            return result
        } catch {
            try await child.endForSure()
            throw error
        }
    }
}

/// Runs a process to its end.
package func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
) async throws -> ChildProcess.Ending {
    try await withChild(program, arguments, environment: environment) { child in
        guard let ending = try await child.ending() else { throw StillRunning(program: program) }
        return ending
    }
}

/// A process that should have ended long ago.
package struct StillRunning: Error {
    let program: String
}
