import FaultModel
import Reports
import SocketIO
import TrafficShaping

/// `faultlab simulate`: what a rate limit does to packets, in no time.
enum SimulateCommand {
    static let usage = """
        usage: faultlab simulate [--set KEY=VALUE]… --packets IN.csv --output OUT.csv [--plot FILE.svg]
               faultlab simulate [--set KEY=VALUE]… --workload PATTERN… [--seed N] [--output OUT.csv] [--plot FILE.svg]

        What the rate limit of pod-network-rate-limit does to packets, with the kernel's arithmetic and in no time.

          --set KEY=VALUE      a tunable, as in NETWORK_BANDWIDTH=1mbit, BURST=32kb, LIMIT=2mb
          --packets IN.csv     the packets: arrival_ns,size_bytes; - is standard input
          --workload PATTERN   packets that are made up, as in poisson:rate=2mbit,duration=10s; several share the link
          --seed N             the seed of the workloads, a whole number from 0; 1 when absent
          --output OUT.csv     what became of them: arrival_ns,size_bytes,departure_ns,outcome; - is standard output
          --plot FILE.svg      throughput, queue and drops over time as a picture

        Sizes are those that a queueing discipline sees: the IP packet and 14 bytes. An outcome is sent, limit (the queue
        was full) or oversize (the bucket is too small). A summary goes to standard error.

        Workloads, each with its parameters and their defaults:
        \(workloads)

        Exit codes: 0 done, 2 invalid input, 3 a file could not be read or written. A file is written as
        a whole in the end, or not at all.
        """

    private static var workloads: String {
        TrafficPattern.catalog.map { kind in
            let parameters = kind.parameters.map { "\($0.key)=\($0.text)" }.joined(separator: ",")
            return "  \(kind.name):\(parameters)\n      \(kind.summary)"
        }.joined(separator: "\n")
    }

    static func run(_ words: [String]) -> ExitCode {
        let arguments = SimulateArguments(words)
        let shaper = SimulateShaper(arguments.fault)
        let diagnostics = arguments.diagnostics + shaper.diagnostics
        guard arguments.problems.isEmpty, !diagnostics.containErrors, let traffic = arguments.traffic,
            let configuration = shaper.configuration
        else {
            // What is merely unwise about a default is no answer to somebody whose words could not be read.
            return ExitCode.invalid(arguments.problems, diagnostics.filter { $0.severity != .warning })
        }
        do {
            var run = try SimulateRun(configuration, output: arguments.output, plot: arguments.plot)
            let result =
                switch traffic {
                case .packets(let path): try run.readPackets(path)
                case .workloads(let patterns): run.makePackets(patterns, seed: arguments.seed)
                }
            let text = LinkSummaryText(
                result.summary, configuration, transfersGivenUp: result.transfersGivenUp
            ).text
            try run.deliver(result)
            for remark in diagnostics { Console.complain(remark.description) }
            Console.complain(text)
            return .done
        } catch let error as InvalidTrace {
            Console.complain("error: \(error)")
            return .invalidInput
        } catch {
            Console.complain("error: \(error)")
            return .couldNotStart
        }
    }
}
