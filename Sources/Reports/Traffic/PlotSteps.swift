/// Values that hold for pieces of the time, as paths.
struct PlotSteps {
    private let bins: [PlotBins.Bin]
    private let panel: PlotPanel
    private let times: PlotAxis
    private let values: PlotAxis

    init(_ bins: [PlotBins.Bin], _ panel: PlotPanel, _ times: PlotAxis, _ values: PlotAxis) {
        self.bins = bins
        self.panel = panel
        self.times = times
        self.values = values
    }

    /// A line along the values.
    func line(_ value: (PlotBins.Bin) -> Double) -> String {
        guard let first = bins.first else { return "M0 0" }
        var path = "M0 \(place(of: value(first)))"
        for bin in bins { path += "V\(place(of: value(bin)))H\(panel.x(bin.end, times).coordinate)" }
        return path
    }

    /// The area below the values.
    func area(_ value: (PlotBins.Bin) -> Double) -> String {
        guard !bins.isEmpty else { return "M0 0" }
        return "\(line(value))V\(panel.height.coordinate)H0z"
    }

    /// What is above the panel stays near it, so that every coordinate is a plain number.
    private func place(of value: Double) -> String {
        max(-10, panel.y(value, values)).coordinate
    }
}

/// The drops of a picture: a mark for each piece of the time that has some, and the counts.
struct PlotDrops {
    private let drops: [(x: Double, count: UInt64)]
    private let panel: PlotPanel

    init(_ bins: [PlotBins.Bin], _ panel: PlotPanel, _ times: PlotAxis) {
        self.panel = panel
        drops = bins.filter { $0.dropped > 0 }.map { bin in
            (panel.left + panel.x((bin.start + bin.end) / 2, times), bin.dropped)
        }
    }

    var isEmpty: Bool { drops.isEmpty }

    /// The room that a count needs.
    private static let gap = 56.0

    /// Draws the marks above the panel; those that are near each other share a count.
    func draw(_ svg: inout SVGWriter) {
        svg.element(
            "path", ["class": "drop", "d": drops.map { Self.mark(x: $0.x, y: panel.top - 2) }.joined()])
        var rest = drops[...]
        while let first = rest.first {
            let group = rest.prefix { $0.x < first.x + Self.gap }
            rest = rest.dropFirst(group.count)
            let count = group.reduce(0) { $0 + $1.count }
            let middle = (first.x + (group.last?.x ?? first.x)) / 2
            svg.element(
                "text",
                [
                    "class": "count middle",
                    "x": max(panel.left + 14, min(middle, panel.right - 14)).coordinate,
                    "y": (panel.top - 11).coordinate,
                ], text: Self.short(count))
        }
    }

    /// A count that fits into the room that it has.
    private static func short(_ count: UInt64) -> String {
        switch count {
        case ..<100_000: "\(count)"
        case ..<100_000_000: "\(count / 1000)k"
        default: "\(count / 1_000_000)M"
        }
    }

    /// A triangle that points down.
    static func mark(x: Double, y: Double) -> String {
        "M\(x.coordinate) \(y.coordinate)l-3.5 -7h7z"
    }
}
