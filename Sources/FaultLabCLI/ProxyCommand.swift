import Evidence
import FaultModel
import FaultProxy
import Reports
import SocketIO

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// `faultlab proxy`: a proxy until somebody ends it.
enum ProxyCommand {
    static let usage = """
        usage: faultlab proxy --listen HOST:PORT --upstream HOST:PORT
                              [--fault NAME [--edition E] [--set KEY=VALUE]…]…
                              [--recognition http1|off] [--seed N] [--duration S] [--events FILE]

        A TCP proxy that does what its faults say, resets or a rate limit, and leaves the rest alone.

          --listen HOST:PORT     where clients connect; port 0 takes a free one
          --upstream HOST:PORT   where connections are passed on to
          --fault NAME           a documented fault, as in pod-http-reset-peer; without one it is a plain relay
          --edition E            an edition of the document of the --fault before it, as in legacy
          --set KEY=VALUE        a tunable of the --fault before it, as in RESET_TIMEOUT=500
          --recognition WHAT     http1 tells requests apart; off reads nothing, and each connection counts as one request
          --seed N               the seed of every choice, a whole number from 0; 1 when absent
          --duration S           end after so many seconds; otherwise SIGINT or SIGTERM ends it
          --events FILE          write every event to a file as JSON Lines

        The first line on standard output is "listening on HOST:PORT", once the faults are armed.
        Tunables that only find and reach targets need not be given.
        Exit codes: 0 done, 2 invalid input, 3 could not start, or a host in a fault that does not exist.
        """

    /// Events that are kept for the writer of the event file; the summary is counted apart and loses none.
    private static let eventCapacity = 100_000

    static func run(_ words: [String], until ending: EndingSignals) async -> ExitCode {
        let arguments = ProxyArguments(words)
        let faults = ProxyFaults(arguments.faults)
        let errors = arguments.problems.map { "error: \($0)" } + faults.errors
        guard errors.isEmpty, let listen = arguments.listen, let upstream = arguments.upstream else {
            for line in errors { Console.complain(line) }
            return .invalidInput
        }
        for line in faults.remarks { Console.complain(line) }

        let clock = MonotonicClock()
        let log = EventLog(capacity: eventCapacity) { clock.now }
        do {
            let file = try arguments.events.map { try EventFile($0) }
            let writing = file.map { $0.follow(log, seed: arguments.seed) }
            // All connections share the bucket of a rate limit.
            let threads = faults.shapeALink ? 1 : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
            let configuration = Proxy.Configuration(
                listen: listen, upstream: upstream, seed: arguments.seed, threads: threads,
                recognition: arguments.recognition)
            let atOnce = faults.scheduled.filter { $0.ramp == .zero }.map(\.fault)
            try await Proxy.withProxy(configuration, arming: atOnce, log: log, clock: clock) { proxy in
                try await proxy.preflight(faults.scheduled.map(\.fault))
                Console.print("listening on \(proxy.address)")
                for entry in faults.scheduled { Console.complain(entry.description) }
                try await withThrowingTaskGroup { group in
                    for entry in faults.scheduled {
                        group.addTask {
                            try await follow(entry, on: proxy)
                            return false
                        }
                    }
                    group.addTask {
                        await ending.wait(atMost: arguments.duration)
                        return true
                    }
                    while let isOver = try await group.next(), !isOver {}
                    group.cancelAll()
                }
            }
            log.finish()
            await writing?.value
            // The terminal has written ^C at the beginning of this line.
            if ending.wasInterrupted, isatty(1) == 1 { Console.print("") }
            Console.print(TallyText(log.tally, seed: arguments.seed).text)
            if let problem = file?.problem {
                Console.complain("error: \(problem)")
                return .couldNotStart
            }
            return .done
        } catch {
            Console.complain("error: \(error)")
            return .couldNotStart
        }
    }

    /// Arms and lifts a fault at the times that its tunables ask for.
    private static func follow(_ entry: ProxyFaults.Scheduled, on proxy: Proxy) async throws {
        if entry.ramp > .zero {
            try await Task.sleep(for: entry.ramp)
            try await proxy.arm([entry.fault])
        }
        guard let duration = entry.duration else { return }
        try await Task.sleep(for: duration)
        await proxy.lift([entry.fault.name])
    }
}
