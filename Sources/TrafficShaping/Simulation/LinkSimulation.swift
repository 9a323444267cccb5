/// A link in virtual time under the traffic of several sources, with settings that may change on the way.
///
/// ```swift
/// let simulation = LinkSimulation(try ShaperConfiguration(shape))
/// let result = simulation.run([pattern.makeSource(seed: 7)])
/// print(result.summary.sent.bytes)
/// ```
///
/// Packets go in by the moment of their arrival, and those of the same moment in the order of the sources.
public struct LinkSimulation: Sendable {
    /// What a simulation has shown.
    public struct Result: Sendable {
        /// The sums.
        public let summary: LinkSummary
        /// What happened when.
        public let timeline: LinkTimeline
    }

    /// The settings at the beginning.
    public var configuration: ShaperConfiguration
    /// The length of time over which ``LinkSummary/peakRate`` is taken, 10 ns to 1 hour.
    public var peakWindow: Duration = .milliseconds(100)
    /// The most bins of the timeline, an even number from 2 to 65,536.
    public var timelineBins = 512

    /// Creates a simulation of a link with full buckets at moment 0.
    ///
    /// - Parameter configuration: The settings.
    public init(_ configuration: ShaperConfiguration) {
        self.configuration = configuration
    }

    /// Runs until every source has ended and nothing waits that can leave.
    ///
    /// - Parameters:
    ///   - sources: Who sends.
    ///   - observer: Is told what became of each packet, as soon as that is decided.
    /// - Returns: Sums and course.
    public func run(
        _ sources: [any TrafficSource], observer: (Packet, PacketFate) -> Void = { _, _ in }
    ) -> Result {
        var sources = sources
        var link = SimulatedLink(configuration, peakWindow: peakWindow, timelineBins: timelineBins)
        while let next = Self.next(of: sources), var packet = sources[next].upcoming {
            packet.source = next
            sources[next].advance()
            let fate = PacketFate(link.offer(packet))
            sources[next].packet(packet, became: fate)
            observer(packet, fate)
        }
        return Result(summary: link.summary, timeline: link.timeline)
    }

    private static func next(of sources: [any TrafficSource]) -> Int? {
        var best: (index: Int, arrival: Int64)?
        for (index, source) in sources.enumerated() {
            guard let arrival = source.upcoming?.arrival else { continue }
            if best.map({ arrival < $0.arrival }) ?? true { best = (index, arrival) }
        }
        return best?.index
    }
}
