import FaultModel

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// `faultlab`: the library for people and scripts that do not write Swift.
///
/// It is thin on purpose: it reads words, calls the library, and prints.
@main
struct FaultLabCommand {
    static let usage = """
        usage: faultlab faults [NAME] [--edition E] [--format text|json|markdown|schema]
               faultlab explain --fault NAME [--edition E] [--set KEY=VALUE]… [--format text|json]
               faultlab proxy --listen HOST:PORT --upstream HOST:PORT
                              [--fault NAME [--edition E] [--set KEY=VALUE]…]…
                              [--seed N] [--duration S] [--events FILE]
               faultlab simulate [--set KEY=VALUE]… --packets IN.csv --output OUT.csv [--plot FILE.svg]
               faultlab simulate [--set KEY=VALUE]… --workload PATTERN… [--seed N]
                                 [--output OUT.csv] [--plot FILE.svg]

          faults     the documented faults and every tunable of each
          explain    what a set of tunables amounts to, without doing anything
          proxy      a TCP proxy that does what its faults say and leaves the rest alone
          simulate   what a rate limit does to packets, in no time

        A command with --help says more about its options.
        """

    static func main() {
        Console.fillGaps()
        let words = Array(CommandLine.arguments.dropFirst())
        let rest = Array(words.dropFirst())
        switch words.first {
        case "faults": answer(rest, FaultsCommand.usage, FaultsCommand.run)
        case "explain": answer(rest, ExplainCommand.usage, ExplainCommand.run)
        case "proxy":
            if asksForHelp(rest) { answer(rest, ProxyCommand.usage) { _ in .done } }
            // A script may read the first line and close the pipe; that must not end the proxy.
            signal(SIGPIPE, SIG_IGN)
            // Before there is any other thread, so that every later one has the signals blocked too.
            let ending = EndingSignals.block()
            Task.detached { await Exit.with(ProxyCommand.run(rest, until: ending)) }
            while true { pause() }
        case "simulate":
            // Who reads the packets may close the pipe when it has seen enough.
            signal(SIGPIPE, SIG_IGN)
            answer(rest, SimulateCommand.usage, SimulateCommand.run)
        case "--help", "-h", "help":
            Console.print(usage)
        case nil:
            Console.complain(usage)
            Exit.with(.invalidInput)
        case let word?:
            Console.complain("error: there is no command \(word.quoted); see faultlab --help")
            Exit.with(.invalidInput)
        }
    }

    /// Runs a command that ends by itself, unless it is asked for help.
    private static func answer(_ words: [String], _ usage: String, _ run: ([String]) -> ExitCode) -> Never {
        if asksForHelp(words) {
            Console.print(usage)
            Exit.with(.done)
        }
        Exit.with(run(words))
    }

    private static func asksForHelp(_ words: [String]) -> Bool {
        words.contains("--help") || words.contains("-h")
    }
}
