import FaultModel

/// A link in virtual time under the traffic of several sources, with settings that may change on the way.
///
/// ```swift
/// var simulation = LinkSimulation(try ShaperConfiguration(shape))
/// simulation.wakeUpLatency = .microseconds(12)
/// simulation.events = [LinkEvent(at: 5_000_000_000, .remove)]
/// let result = simulation.run([pattern.makeSource(seed: 7)])
/// print(result.summary.sent.bytes)
/// ```
///
/// Packets go in by the moment of their arrival, and those of the same moment in the order of their sources. What happens at
/// one moment happens in this order: packets leave, the link changes, packets arrive.
public struct LinkSimulation: Sendable {
    /// What a simulation has shown.
    public struct Result: Sendable {
        /// The sums.
        public let summary: LinkSummary
        /// What happened when.
        public let timeline: LinkTimeline
        /// The sources as they were at the end.
        public let sources: [any TrafficSource]
    }

    /// The settings at the beginning.
    public var configuration: ShaperConfiguration
    /// How late the timer of the link is each time, 0 seconds to 1 hour; 0 for the ideal, 10 to 40 microseconds for a kernel.
    ///
    /// A packet that arrives meanwhile wakes the link too, as in the kernel.
    public var wakeUpLatency: Duration = .zero
    /// What happens to the link, in any order; events of the same moment happen in the order in which they stand here.
    public var events: [LinkEvent] = []
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
    ///   - sources: Who sends. A source that sends for ever makes a simulation that runs for ever.
    ///   - observer: Is told what became of each packet, or of each segment of one that was cut, as soon as that is decided:
    ///     without latency and events on arrival, otherwise when it leaves or is dropped.
    /// - Returns: Sums and course.
    /// - Precondition: Latency, window and bins lie in their ranges, and no source goes back in time.
    public func run(
        _ sources: [any TrafficSource], observer: (Packet, PacketFate) -> Void = { _, _ in }
    ) -> Result {
        precondition(
            wakeUpLatency >= .zero && wakeUpLatency <= .seconds(3600), "a timer is late by 0 seconds to an hour")
        var traffic = MergedTraffic(sources)
        if wakeUpLatency == .zero && events.isEmpty { return runAtOnce(&traffic, observer: observer) }
        var steps = LinkSteps(self)
        steps.run(&traffic, observer: observer)
        return Result(
            summary: steps.recorder.summary, timeline: steps.recorder.timeline, sources: traffic.sources)
    }

    /// The fast form: what becomes of a packet is known when it arrives.
    private func runAtOnce(_ traffic: inout MergedTraffic, observer: (Packet, PacketFate) -> Void) -> Result {
        var link = SimulatedLink(configuration, peakWindow: peakWindow, timelineBins: timelineBins)
        while let packet = traffic.next() {
            link.offer(packet) { packet, outcome in
                let fate = PacketFate(outcome)
                traffic.packet(packet, became: fate)
                observer(packet, fate)
            }
        }
        return Result(summary: link.summary, timeline: link.timeline, sources: traffic.sources)
    }
}
