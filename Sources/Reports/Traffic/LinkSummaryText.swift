import FaultModel
public import TrafficShaping

/// What a simulated link did with its traffic, for a terminal.
public struct LinkSummaryText: Sendable {
    private let summary: LinkSummary
    private let configuration: ShaperConfiguration
    private let transfersGivenUp: Int

    /// Prepares the text.
    ///
    /// - Parameters:
    ///   - summary: What the link did.
    ///   - configuration: Its settings.
    ///   - transfersGivenUp: How many transfers of the sources were given up, 0 or more.
    public init(_ summary: LinkSummary, _ configuration: ShaperConfiguration, transfersGivenUp: Int = 0) {
        self.summary = summary
        self.configuration = configuration
        self.transfersGivenUp = transfersGivenUp
    }

    /// The text, without a line end behind the last line.
    public var text: String {
        let rows = rows
        let column = 2 + (rows.map(\.label.count).max() ?? 0) + 2
        let lines =
            [configuration.readableText]
            + rows.flatMap { TextLayout.entry($0.label, $0.text, indent: 2, column: column) }
        // A note is one line however long it is, so that a script can search for it.
        return (lines + notes.map { "note: \($0)" }).joined(separator: "\n")
    }

    private var rows: [(label: String, text: String)] {
        guard summary.arrived.packets > 0 else { return [("offered", "no packets")] }
        var rows = [("offered", offered), ("sent", sent), ("dropped", dropped)]
        guard summary.sent.packets > 0 else { return rows }
        if let duration = summary.duration {
            rows.append(("took", "\(TrafficUnits.time(duration)) from the first arrival to the last departure"))
        }
        if let rate = summary.meanRate { rows.append(("mean rate", ofCap(rate))) }
        if let rate = summary.peakRate {
            rows.append(("peak rate", "\(ofCap(rate)), over \(TrafficUnits.time(summary.peakWindow))"))
        }
        rows += [("at once", atOnce), ("as burst", asBurst), ("delay", delay), ("queue", queue)]
        return rows
    }

    private var offered: String {
        let rate = summary.offeredRate.map { ", \(TrafficUnits.rate($0)) on average" } ?? ""
        return volume(summary.arrived) + rate
    }

    private var sent: String {
        "\(volume(summary.sent)), \(TrafficUnits.share(summary.sent.packets, of: summary.arrived.packets)) of the packets"
    }

    private var dropped: String {
        let reasons = [
            ("limit", summary.droppedAtLimit), ("oversize", summary.droppedAsOversize),
            ("discarded", summary.discarded),
            ("stuck", summary.stuck),
        ].filter { $0.1.packets > 0 }.map { "\($0.0) \($0.1.packets)" }
        guard !reasons.isEmpty else { return "nothing" }
        let lost = summary.dropped + summary.discarded + summary.stuck
        let share = TrafficUnits.share(lost.packets, of: summary.arrived.packets)
        return "\(volume(lost)), \(share) of the packets: \(reasons.joined(separator: ", "))"
    }

    private func ofCap(_ rate: MeasuredRate) -> String {
        let (bits, cap) = (rate.bitsPerSecond, configuration.cost.rate.bitsPerSecond)
        // Beyond the double a percentage is harder to read than a factor.
        let relation =
            bits / 2 < cap ? "\(TrafficUnits.share(bits, of: cap)) of" : "\(TrafficUnits.ratio(bits, cap)) times"
        return "\(TrafficUnits.rate(rate)), \(relation) the cap"
    }

    /// What did not wait: the work of BURST, and whatever is below the cap.
    private var atOnce: String {
        guard summary.sentAtOnce.packets > 0 else { return "nothing" }
        guard summary.sentAtOnce != summary.sent else { return "every packet that was sent" }
        let share = TrafficUnits.share(summary.sentAtOnce.packets, of: summary.sent.packets)
        return "\(volume(summary.sentAtOnce)), \(share) of what was sent"
    }

    /// What left ahead of the cap: the work of BURST alone.
    private var asBurst: String {
        guard summary.sentAsBurst.packets > 0 else { return "nothing" }
        let share = TrafficUnits.share(summary.sentAsBurst.packets, of: summary.sent.packets)
        return "\(volume(summary.sentAsBurst)), \(share) of what was sent"
    }

    private var delay: String {
        guard let median = summary.delays.median, let most = summary.delays.maximum, most > .zero else { return "none" }
        let quantiles = [95, 99].compactMap { share in
            Percentage(share).flatMap { summary.delays.quantile($0) }.map { "\(share) % \(TrafficUnits.time($0))" }
        }
        let figures = ["median \(TrafficUnits.time(median))"] + quantiles + ["most \(TrafficUnits.time(most))"]
        return figures.joined(separator: ", ")
    }

    private var queue: String {
        let limit = UInt64(configuration.limit.bytes)
        let share = TrafficUnits.share(summary.largestBacklog, of: limit)
        return "at most \(TrafficUnits.size(summary.largestBacklog)), \(share) of LIMIT"
    }

    private func volume(_ volume: TrafficVolume) -> String {
        let packets = volume.packets == 1 ? "1 packet" : "\(volume.packets) packets"
        let size = volume.bytes < 10_240 ? "" : " (\(TrafficUnits.size(volume.bytes)))"
        return "\(packets), \(volume.bytes) bytes\(size)"
    }

    /// What a reader may not expect, half sentences.
    private var notes: [String] {
        guard summary.arrived.packets > 0 else { return [] }
        var notes: [String] = []
        if transfersGivenUp > 0 {
            let (subject, verb) =
                transfersGivenUp == 1 ? ("1 transfer", "was") : ("\(transfersGivenUp) transfers", "were")
            notes.append(
                "\(subject) \(verb) given up and did not come through, so the figures are those of a part; "
                    + "use a larger LIMIT or BURST, or a smaller window")
        }
        if summary.droppedAsOversize.packets > 0 {
            let bucket = configuration.peak.map { $0.bucket < configuration.burst } ?? false ? "MIN_BURST" : "BURST"
            notes.append(
                "what is larger than \(bucket), \(configuration.largestPacket) bytes, never leaves; "
                    + "raise it above the largest packet")
        }
        if summary.sent.packets == 0, summary.droppedAtLimit.packets > 0 {
            notes.append("nothing was sent, because no packet fits into LIMIT; raise it above the largest packet")
        } else if summary.burstSwallowedEverything {
            notes.append(
                "BURST took in all that was above the cap, so nothing felt it; use a smaller BURST, or send more")
        } else if summary.sentAtOnce == summary.sent, summary.sent == summary.arrived {
            notes.append("the traffic never reached the cap; send more at once, or use a lower NETWORK_BANDWIDTH")
        }
        return notes
    }
}

extension ShaperConfiguration {
    /// The settings on one line, as in `1 Mbit/s, BURST 32 KiB, LIMIT 2 MiB`.
    var readableText: String {
        let peak = peak.map { ", PEAK_RATE \($0.rate.readableText), MIN_BURST \($0.bucket.readableText)" } ?? ""
        return "\(cost.rate.readableText), BURST \(burst.readableText), LIMIT \(limit.readableText)\(peak)"
    }
}
