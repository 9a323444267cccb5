#if os(Linux)
import FaultLab
import FaultLabTestSupport
import Foundation
import Glibc
import Testing

/// What a question to a program makes of its end, its output and its refusal to end.
@Suite struct CommandProbeTests {
    struct Row: Sendable {
        let words: [String]
        var exit: Comparison<Int> = 0
        var output: TextComparison?
        let detail: String
        var passes = false

        init(
            _ words: [String], exit: Comparison<Int> = 0, output: TextComparison? = nil, passes: Bool = false,
            _ detail: String
        ) {
            self.words = words
            self.exit = exit
            self.output = output
            self.passes = passes
            self.detail = detail
        }

        init(
            sh script: String, exit: Comparison<Int> = 0, output: TextComparison? = nil, passes: Bool = false,
            _ detail: String
        ) {
            self.init(["/bin/sh", "-c", script], exit: exit, output: output, passes: passes, detail)
        }
    }

    static let rows = [
        Row(["true"], passes: true, "exited with 0"),
        Row(["false"], "exited with 1, expected exactly 0"),
        Row(["false"], exit: .atLeast(1), passes: true, "exited with 1"),
        Row(sh: "exit 255", exit: 255, passes: true, "exited with 255"),
        Row(sh: "echo why >&2; exit 3", #"exited with 3, expected exactly 0; standard error: "why""#),
        Row(["echo", "a,b"], output: .equal(to: "a,b"), passes: true, "exited with 0"),
        Row(["printf", "a\\n\\nb\\r\\n\\n"], output: .equal(to: "a\n\nb"), passes: true, "exited with 0"),
        Row(["true"], output: .equal(to: ""), passes: true, "exited with 0"),
        Row(["echo", "up"], output: .contains("down"), #"printed "up", expected a text with "down""#),
        Row(["printf", "\\033[2J"], output: .equal(to: ""), #"printed "\u{1B}[2J", expected exactly """#),
        Row(sh: "kill -9 $$", "was ended by signal 9 (Killed)"),
        Row(sh: "kill -TERM $$", exit: .oneOf([15, 143]), "was ended by signal 15 (Terminated)"),
        Row(["no-such-program-anywhere"], #"start "no-such-program-anywhere": No such file or directory (errno 2)"#),
        Row(["/etc/passwd"], #"start "/etc/passwd": Permission denied (errno 13)"#),
        // It ends because there is nothing to read.
        Row(["cat"], output: .equal(to: ""), passes: true, "exited with 0"),
        Row(sh: "exec 1>&- 2>&-; sleep 0.1; exit 7", exit: 7, passes: true, "exited with 7"),
        Row(["head", "-c", "3000000", "/dev/zero"], passes: true, "exited with 0"),
        Row(sh: "head -c 3000000 /dev/zero >&2; echo ok", output: .equal(to: "ok"), passes: true, "exited with 0"),
        Row(
            ["head", "-c", "1048577", "/dev/zero"], output: .doesNotContain("x"),
            "printed more than 1048576 bytes, too much to compare"),
        Row(["head", "-c", "1048576", "/dev/zero"], output: .doesNotContain("x"), passes: true, "exited with 0"),
    ]

    @Test(arguments: rows) func theEndOfAProgramIsHeldAgainstWhatWasSaid(row: Row) async throws {
        let answer = try await ProbeQuestion.command(row.words, exit: row.exit, output: row.output).ask()
        #expect(answer.passed == row.passes)
        #expect(answer.detail == row.detail)
    }

    @Test func theEnvironmentIsInherited() async throws {
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        let answer = try await ProbeQuestion.command(["printenv", "PATH"], output: .equal(to: path)).ask()
        #expect(answer.passed, "\(answer.detail)")
    }

    @Test func nothingElseIsInherited() async {
        // In a process of its own, which changes what belongs to all of it.
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_IGN)
            signal(SIGTERM, SIG_IGN)
            var pipes: [Int32] = [0, 0]
            pipe(&pipes)
            let signals = try await ProbeQuestion.command(
                ["grep", "-E", "^Sig(Blk|Ign):", "/proc/self/status"],
                // The two bits that may be set are those of signals that glibc uses itself and hides from programs.
                output: .matches(#"^SigBlk:\t0+\nSigIgn:\t0+(18)?0+$"#)
            ).ask()
            #expect(signals.passed, "\(signals.detail)")
            // The fourth is what ls itself reads from.
            let descriptors = try await ProbeQuestion.command(
                ["ls", "/proc/self/fd"], output: .equal(to: "0\n1\n2\n3")
            ).ask()
            #expect(descriptors.passed, "\(descriptors.detail)")
        }
    }

    @Test func aProcessWithoutStandardStreamsCanRunACommand() async {
        await #expect(processExitsWith: .success) {
            for number in [0, 1, 2] as [Int32] { close(number) }
            let answer = try await ProbeQuestion.command(
                ["/bin/sh", "-c", "echo out; echo err >&2; exit 4"], exit: 4, output: .equal(to: "out")
            ).ask()
            // There is nowhere to print to.
            if !answer.passed { exit(EXIT_FAILURE) }
        }
    }

    // MARK: Ends

    /// Programs that do not end, with the numbers of their processes in a file.
    @Test(arguments: [
        "echo $$ >> pids; exec sleep 1000",
        "echo $$ >> pids; sleep 1000 & echo $! >> pids; wait",
        "trap '' TERM; echo $$ >> pids; sleep 1000 & echo $! >> pids; while :; do sleep 1000; done",
        "echo $$ >> pids; exec yes",
    ])
    func aProgramThatHangsIsGoneAfterItsTimeout(script: String) async throws {
        try await withTemporaryFolder { folder in
            let question = ProbeQuestion.command(["/bin/sh", "-c", "cd '\(folder.path)' && \(script)"])
            let task = Task { try await question.ask() }
            let wanted = script.components(separatedBy: ">> pids").count - 1
            _ = try await eventually { folder.processes.count == wanted ? true : nil }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(folder.processes.count == wanted)
            // Those of the group that init reaps may need a moment; the program itself was reaped before.
            let areGone = try await eventually { folder.processes.contains { isAlive($0) } ? nil : true }
            #expect(areGone == true)
        }
    }

    @Test func theTimeoutOfAProbeEndsItsProgram() async throws {
        try await withTemporaryFolder { folder in
            let question = ProbeQuestion.command([
                "/bin/sh", "-c", "cd '\(folder.path)' && echo $$ >> pids; sleep 1000",
            ])
            let report = try await withLab(serving: { _ in .ok() }) { lab in
                try await lab.run(
                    Experiment("asks a program that hangs") {
                        SteadyState { Probe("hangs", timeout: .milliseconds(500)) { try await question.ask().passed } }
                        Inject(PodHTTPResetPeer())
                        Hold(for: .seconds(60))
                        Expect { AllowNoEffect() }
                    })
            }
            #expect(report.outcome == .steadyStateNotMet)
            // On a loaded machine the timeout may come before the program has written anything; then it is gone as well.
            let isGone = try await eventually { folder.processes.contains { isAlive($0) } ? nil : true }
            #expect(isGone == true)
        }
    }

    @Test func aQuestionThatIsCancelledBeforeItIsAskedStartsNothing() async throws {
        try await withTemporaryFolder { folder in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await ProbeQuestion.command(["touch", "\(folder.path)/pids"]).ask()
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/pids"))
        }
    }

    @Test func whatAProgramLeavesBehindIsEndedAndNotWaitedFor() async throws {
        try await withTemporaryFolder { folder in
            let script = "cd '\(folder.path)'; sleep 1000 & echo $! >> pids; echo done"
            let answer = try await ProbeQuestion.command(["/bin/sh", "-c", script], output: .equal(to: "done")).ask()
            #expect(answer.passed, "\(answer.detail)")
            #expect(folder.processes.count == 1)
            let isGone = try await eventually { folder.processes.contains { isAlive($0) } ? nil : true }
            #expect(isGone == true)
        }
    }

    @Test func anExitCodeThatSomebodyElseTookIsANo() async {
        await #expect(processExitsWith: .success) {
            signal(SIGCHLD, SIG_IGN)
            let answer = try await ProbeQuestion.command(["true"]).ask()
            #expect(!answer.passed)
            #expect(answer.detail.hasPrefix("its exit code is lost"), "\(answer.detail)")
        }
    }
}

extension TemporaryFolder {
    fileprivate var processes: [Int32] {
        text(of: "pids").split(separator: "\n").compactMap { Int32($0) }
    }
}

/// Whether a process runs; one that has ended and was not reaped by its new parent yet does not.
private func isAlive(_ process: Int32) -> Bool {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let name = line.lastIndex(of: ")")
    else { return false }
    return !line[name...].hasPrefix(") Z")
}
#endif
