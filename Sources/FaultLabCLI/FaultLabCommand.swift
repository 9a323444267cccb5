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
        usage: faultlab proxy --listen HOST:PORT --upstream HOST:PORT [--fault NAME [--set KEY=VALUE]…]…
                              [--seed N] [--duration S] [--events FILE]

        A TCP proxy that resets what its faults select and leaves the rest alone.

          --listen HOST:PORT     where clients connect; port 0 takes a free one
          --upstream HOST:PORT   where connections are passed on to
          --fault NAME           a documented fault, as in pod-http-reset-peer; without one it is a plain relay
          --set KEY=VALUE        a tunable of the --fault before it, as in RESET_TIMEOUT=500
          --seed N               the seed of every choice, a whole number from 0; 1 when absent
          --duration S           end after so many seconds; otherwise SIGINT or SIGTERM ends it
          --events FILE          write every event to a file as JSON Lines

        The first line on standard output is "listening on HOST:PORT", once the faults are armed.
        Exit codes: 0 done, 2 invalid input, 3 could not start.
        """

    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        case "proxy":
            // A script may read the first line and close the pipe; that must not end the proxy.
            signal(SIGPIPE, SIG_IGN)
            // Before there is any other thread, so that every later one has the signals blocked too.
            let ending = EndingSignals.block()
            Task.detached { await Exit.with(ProxyCommand.run(Array(words.dropFirst()), until: ending)) }
            while true { pause() }
        case "--help", "-h", "help":
            Console.print(usage)
        case nil:
            Console.complain(usage)
            Exit.with(.invalidInput)
        case let word?:
            Console.complain("error: there is no command \(word.debugDescription); write faultlab proxy … or --help")
            Exit.with(.invalidInput)
        }
    }
}
