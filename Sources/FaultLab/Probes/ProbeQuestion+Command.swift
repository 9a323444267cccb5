public import Experiments
import SocketIO

extension ProbeQuestion {
    /// Runs a program and looks at its exit code and what it prints.
    ///
    /// ```swift
    /// Probe("database is ready", asking: .command(["pg_isready", "-h", "127.0.0.1"], output: .contains("accepting")))
    /// ```
    ///
    /// The program is looked up in `PATH` and started without a shell; `["/bin/sh", "-c", "…"]` asks one. It inherits the
    /// environment and nothing else, and standard input is empty. When the probe's timeout comes, the program and its
    /// process group get SIGTERM, and SIGKILL a second later. What it leaves running in its group is killed when it ends.
    ///
    /// A program that cannot be started, and one that a signal ends, is a *no* that says so.
    ///
    /// - Parameters:
    ///   - words: The program and its arguments. They appear in reports: a secret belongs into the environment.
    ///   - exit: What the exit code is held against.
    ///   - output: What standard output is held against, read as UTF-8 without the line ends behind it; `nil` for
    ///     anything. An output of more than 1 MiB is a *no* then.
    /// - Returns: The question.
    public static func command(
        _ words: [String], exit: Comparison<Int> = 0, output: TextComparison? = nil
    ) -> ProbeQuestion {
        guard let program = words.first, !program.isEmpty else {
            return .unaskable("command", because: ProbeFlaw("the program is missing"))
        }
        guard !words.contains(where: { $0.utf8.contains(0) }) else {
            return .unaskable("command", because: ProbeFlaw("a word has a NUL, which would cut it short"))
        }
        return ProbeQuestion(ProbeText.commandLine(words)) {
            let answer: CommandExchange.Answer
            do {
                answer = try await withProbeLoop { waiting in
                    try await withProbeLoop { loop in
                        try await loop.exchange { CommandExchange(words, on: loop, waiting: waiting, reply: $0) }
                    }
                }
            } catch let error as SystemError {
                return .no(error.description)
            }
            return judge(answer, exit: exit, output: output)
        }
    }

    private static func judge(
        _ answer: CommandExchange.Answer, exit: Comparison<Int>, output: TextComparison?
    ) -> ProbeAnswer {
        let complaint = answer.errors.isEmpty ? "" : "; standard error: \(ProbeText.excerpt(answer.errors))"
        switch answer.ending {
        case .exit(let code):
            guard exit.holds(for: code) else { return .no("exited with \(code), expected \(exit)\(complaint)") }
            if let output {
                guard !answer.isCut else {
                    return .no("printed more than \(CommandOutput.limit) bytes, too much to compare")
                }
                guard output.holds(for: answer.output) else {
                    return .no("printed \(ProbeText.excerpt(answer.output)), expected \(output)\(complaint)")
                }
            }
            return .yes("exited with \(code)")
        case .signal(let number): return .no("was ended by \(ProbeText.signal(number))\(complaint)")
        case .lost: return .no("its exit code is lost: this process ignores SIGCHLD or waits for all of its children")
        }
    }
}
