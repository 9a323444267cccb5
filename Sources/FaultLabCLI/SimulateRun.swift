import FaultModel
import Reports
import SocketIO
import TrafficShaping

/// A simulation, from its packets to its files.
struct SimulateRun: ~Copyable {
    /// What a simulation has shown.
    struct Result {
        let summary: LinkSummary
        let timeline: LinkTimeline
        var transfersGivenUp = 0
    }

    private let configuration: ShaperConfiguration
    private var output: OutputFile?
    private var plot: OutputFile?
    private var writer = TraceWriter()

    /// Prepares the files, so that what cannot be written is known before the work.
    init(_ configuration: ShaperConfiguration, output: String?, plot: String?) throws(SystemError) {
        self.configuration = configuration
        self.output = if let output { try OutputFile("--output", output) } else { nil }
        self.plot = if let plot { try OutputFile("--plot", plot) } else { nil }
    }

    /// Sends the packets of a trace through the link.
    ///
    /// - Parameter path: The file, or `-` for standard input.
    /// - Returns: What the link did.
    /// - Throws: ``InvalidTrace`` for a line that is wrong, `SystemError` when the file cannot be read.
    mutating func readPackets(_ path: String) throws -> Result {
        var input = try SimulateInput(path)
        var reader = TraceReader()
        var link = SimulatedLink(configuration)
        do {
            while try input.next({ bytes in
                try reader.read(bytes) { packet in
                    let outcome = link.offer(packet)
                    if output != nil { writer.append(packet, outcome) }
                }
            }) {
                flush()
            }
            try reader.finish { packet in
                let outcome = link.offer(packet)
                if output != nil { writer.append(packet, outcome) }
            }
        } catch let error as TraceError {
            throw InvalidTrace(file: input.name, error: error)
        }
        return Result(summary: link.summary, timeline: link.timeline)
    }

    /// Sends made-up packets through the link.
    mutating func makePackets(_ patterns: [TrafficPattern], seed: UInt64) -> Result {
        var sources: [any TrafficSource] = []
        // Each source draws for itself; two of the same pattern must not send at the same moments.
        var seeds = SplitMix64(seed: seed)
        for pattern in patterns { sources.append(pattern.makeSource(seed: seeds.next())) }
        let result = LinkSimulation(configuration).run(sources) { packet, fate in
            guard output != nil else { return }
            writer.append(packet, became: fate)
            if writer.bytes.count >= 1 << 18 { flush() }
        }
        return Result(
            summary: result.summary, timeline: result.timeline,
            transfersGivenUp: result.sources.reduce(0) { $0 + $1.transfersGivenUp })
    }

    private mutating func flush() {
        output?.write(writer.bytes)
        writer.removeAll()
    }

    /// Writes the files.
    ///
    /// - Throws: `SystemError` when one cannot be written; its file is then as it was before.
    consuming func deliver(_ result: Result) throws(SystemError) {
        flush()
        plot?.write(Array(LinkPlot(result.timeline, result.summary, configuration).svg.utf8))
        if let output { try output.deliver() }
        if let plot { try plot.deliver() }
    }
}

/// A trace that cannot be read, with its name.
struct InvalidTrace: Error, CustomStringConvertible {
    let file: String
    let error: TraceError

    var description: String { "\(file), \(error)" }
}
