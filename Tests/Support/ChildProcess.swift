import Foundation
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import CFaultLabShims
import Glibc
#endif

/// A process that a test started.
///
/// What it prints goes to files, so that nothing it writes can block it. Foundation's `Process` does not start it: that one
/// reads the list of open descriptors beyond its end, which a process with a thousand of them does not always survive.
package final class ChildProcess: Sendable {
    /// Its number, valid until ``ending()``.
    package let number: Int32
    private let folder: TemporaryFolder
    private let termination = Mutex<Int32?>(nil)

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
        // A shell changes the folder and becomes the program.
        let words = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder.path, program] + arguments
        let variables = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        number = try Self.spawn(
            words, variables.map { "\($0)=\($1)" }, output: folder.path(of: Self.outputName),
            errors: folder.path(of: Self.errorsName))
        let reaper = Thread { [self] in reap() }
        reaper.start()
    }

    private static func spawn(
        _ words: [String], _ environment: [String], output: String, errors: String
    ) throws -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        #if canImport(Darwin)
        flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #else
        // A socket of another test must not live on in a child of this one.
        fl_spawn_close_from(&actions, 3)
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var number = pid_t()
        let code = posix_spawn(&number, words[0], &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
        return number
    }

    /// Waits for the end, on a thread of its own.
    private func reap() {
        var information = siginfo_t()
        // First without taking the number away: nobody may send a signal to whoever gets it next.
        while waitid(P_PID, id_t(number), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        termination.withLock { termination in
            var status: Int32 = 0
            while waitpid(number, &status, 0) == -1, errno == EINTR {}
            termination = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        }
    }

    private static let outputName = "standard-output"
    private static let errorsName = "standard-errors"

    package var output: String { folder.text(of: Self.outputName) }
    package var errors: String { folder.text(of: Self.errorsName) }
    package var isRunning: Bool { termination.withLock { $0 == nil } }

    package func send(_ signal: Int32) {
        termination.withLock { termination in
            if termination == nil { kill(number, signal) }
        }
    }

    /// Waits for the first whole line on standard output.
    package func firstLine() async throws -> String? {
        try await eventually {
            let text = output
            if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
            return isRunning ? nil : ""
        }
    }

    /// Waits until the process has ended by itself; `nil` when it does not.
    package func ending() async throws -> Ending? {
        guard let code = try await eventually({ termination.withLock { $0 } }) else { return nil }
        return Ending(code: code, output: output, errors: errors)
    }

    fileprivate func endForSure() async throws {
        send(SIGKILL)
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
