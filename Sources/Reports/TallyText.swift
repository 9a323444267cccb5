public import Evidence
import FaultModel

/// The counters of a log in a few lines, for the end of a long-running proxy.
public struct TallyText: Sendable {
    private let tally: Tally
    private let seed: UInt64

    /// Prepares the text.
    ///
    /// - Parameters:
    ///   - tally: The counters.
    ///   - seed: The seed of the choices.
    public init(_ tally: Tally, seed: UInt64) {
        self.tally = tally
        self.seed = seed
    }

    /// The text, without a line end behind the last line.
    public var text: String {
        var lines = [
            "connections \(tally.connections), requests \(tally.requests), answered \(tally.answered), "
                + "reset \(tally.resets)"
        ]
        for fault in tally.faults {
            if fault.link == nil || fault.hasDecided {
                lines.append(
                    "\(fault.fault): picked \(fault.selected), spared \(fault.spared), reset \(fault.resets), "
                        + "cancelled \(fault.cancelledResets)")
            }
            if let link = fault.link { lines.append("\(fault.fault): \(LinkText(link).text)") }
        }
        if let median = tally.lateness.median, let maximum = tally.lateness.maximum {
            lines.append("lateness of resets: median \(median.readable), most \(maximum.readable)")
        }
        if tally.upstreamFailures > 0 { lines.append("upstream not reached: \(tally.upstreamFailures) times") }
        if tally.acceptPauses > 0 { lines.append("out of descriptors: \(tally.acceptPauses) times") }
        if !tally.faults.isEmpty, !tally.hadEffect { lines.append("no fault had an effect") }
        lines.append("seed \(seed)")
        return lines.joined(separator: "\n")
    }
}
