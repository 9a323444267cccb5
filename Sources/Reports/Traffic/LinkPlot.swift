import FaultModel
public import TrafficShaping

/// What a simulated link did over time, as a picture: throughput against the cap, the queue against LIMIT, and drops.
///
/// The picture is an SVG that stands alone: no scripts, no fonts, no files. It follows the light or dark scheme of its reader.
///
/// ```swift
/// let svg = LinkPlot(link.timeline, link.summary, configuration).svg
/// ```
public struct LinkPlot: Sendable {
    private let summary: LinkSummary
    private let configuration: ShaperConfiguration
    private let bins: PlotBins

    /// Prepares the picture.
    ///
    /// - Parameters:
    ///   - timeline: What happened when.
    ///   - summary: The sums of the same traffic.
    ///   - configuration: The settings of the link.
    public init(_ timeline: LinkTimeline, _ summary: LinkSummary, _ configuration: ShaperConfiguration) {
        self.summary = summary
        self.configuration = configuration
        bins = PlotBins(
            timeline, duration: summary.duration?.wholeNanoseconds ?? 0,
            packetTime: configuration.cost.nanoseconds(for: 1514))
    }

    private static let width = 880.0
    private static let height = 580.0
    private static let throughput = PlotPanel(left: 78, top: 104, width: 778, height: 204, header: 14)
    private static let queue = PlotPanel(left: 78, top: 382, width: 778, height: 142, header: 32)

    /// The picture as SVG, in UTF-8 with a line end at the end.
    public var svg: String {
        var writer = SVGWriter()
        writer.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": "0 0 \(Self.width.coordinate) \(Self.height.coordinate)",
                "width": Self.width.coordinate, "height": Self.height.coordinate, "role": "img", "class": "fl",
            ]
        ) { svg in
            svg.element("title", text: title)
            svg.element("desc", text: "\(subtitle).")
            svg.element("style", text: PlotStyle.text)
            svg.element("rect", ["class": "ground", "width": "100%", "height": "100%"])
            svg.element("text", ["class": "title", "x": "78", "y": "34"], text: title)
            svg.element("text", ["class": "faint", "x": "78", "y": "56"], text: subtitle)
            let times = PlotAxis(
                to: max(bins.end, 1000), units: bins.end > 900e9 ? PlotAxis.longTimes : PlotAxis.times, count: 10)
            drawThroughput(&svg, times)
            drawQueue(&svg, times)
        }
        return writer.text
    }

    private var title: String { configuration.readableText }

    private var subtitle: String {
        guard summary.arrived.packets > 0 else { return "No packets" }
        let lost = summary.arrived.packets - summary.sent.packets
        let packets = summary.arrived.packets == 1 ? "1 packet" : "\(summary.arrived.packets) packets"
        var parts = ["\(packets), \(summary.sent.packets) sent"]
        parts.append(
            lost == 0 ? "none dropped" : "\(lost) dropped (\(TrafficUnits.share(lost, of: summary.arrived.packets)))")
        if let duration = summary.duration, duration > .zero { parts.append("in \(TrafficUnits.time(duration))") }
        if let median = summary.delays.median, let most = summary.delays.maximum, most > .zero {
            parts.append("delay median \(TrafficUnits.time(median)), most \(TrafficUnits.time(most))")
        }
        return parts.joined(separator: ", ")
    }

    // MARK: Throughput

    private func drawThroughput(_ svg: inout SVGWriter, _ times: PlotAxis) {
        let cap = Double(configuration.cost.rate.bitsPerSecond)
        let sent = bins.bins.map(\.sentRate).max() ?? 0
        let most = max(sent, bins.bins.map(\.offeredRate).max() ?? 0)
        // What is far above the cap would press the cap to the ground, and a cap far above the traffic the traffic.
        let isCapSeen = most == 0 || most * 8 > cap
        let end = isCapSeen ? max(cap, min(most, cap * 4)) * 1.06 : most * 1.15
        let rates = PlotAxis(to: max(end, 1), units: PlotAxis.rates, count: 5)
        let panel = Self.throughput
        panel.drawFrame(&svg, times, rates, name: "Throughput in \(rates.unit)", withTimes: false)
        panel.clip(&svg) { svg in
            let steps = PlotSteps(bins.bins, panel, times, rates)
            svg.element("path", ["class": "sent area", "d": steps.area(\.sentRate)])
            svg.element("path", ["class": "offered line", "d": steps.line(\.offeredRate)])
            svg.element("path", ["class": "sent line", "d": steps.line(\.sentRate)])
        }
        if isCapSeen { panel.drawLevel(&svg, cap, rates, style: "cap") }
        var legend = PlotLegend(panel)
        legend.add(&svg, "sent area", "sent")
        legend.add(&svg, "offered line", "offered")
        legend.add(
            &svg, "cap line",
            "cap \(TrafficUnits.rate(bitsPerSecond: configuration.cost.rate.bitsPerSecond))"
                + (isCapSeen ? "" : ", above the picture"))
        if most > end {
            let peak = TrafficUnits.rate(bitsPerSecond: UInt64(clamping: Int64(min(most, 9e18))))
            legend.addWords(&svg, "cut off above: up to \(peak)")
        }
    }

    // MARK: The queue

    private func drawQueue(_ svg: inout SVGWriter, _ times: PlotAxis) {
        let limit = Double(configuration.limit.bytes)
        let most = Double(summary.largestBacklog)
        let isLimitSeen = most == 0 || most * 5 > limit
        let sizes = PlotAxis(to: isLimitSeen ? limit * 1.08 : most * 1.15, units: PlotAxis.sizes, count: 4)
        let panel = Self.queue
        panel.drawFrame(&svg, times, sizes, name: "Queue in \(sizes.unit)", withTimes: true)
        panel.clip(&svg) { svg in
            let steps = PlotSteps(bins.bins, panel, times, sizes)
            svg.element("path", ["class": "queue area", "d": steps.area { Double($0.backlog) }])
            svg.element("path", ["class": "queue line", "d": steps.line { Double($0.backlog) }])
        }
        if isLimitSeen { panel.drawLevel(&svg, limit, sizes, style: "cap") }
        var legend = PlotLegend(panel)
        legend.add(&svg, "queue area", "waiting, at most")
        legend.add(
            &svg, "cap line", "LIMIT \(configuration.limit.readableText)" + (isLimitSeen ? "" : ", above the picture"))
        let drops = PlotDrops(bins.bins, panel, times)
        if drops.isEmpty {
            legend.addWords(&svg, summary.arrived.packets == 0 ? "no packets" : "nothing dropped")
        } else {
            legend.add(&svg, "drop", "packets dropped")
            drops.draw(&svg)
        }
    }
}
