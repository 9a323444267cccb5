/// A rectangle of a picture in which values are drawn over time.
struct PlotPanel {
    let left: Double
    let top: Double
    let width: Double
    let height: Double
    /// How far above the panel its name stands.
    let header: Double

    var right: Double { left + width }
    var bottom: Double { top + height }

    /// The place of a value on an axis that goes up, counted from the top of the panel.
    func y(_ value: Double, _ axis: PlotAxis) -> Double { height * (1 - value / axis.end) }

    /// The place of a moment, counted from the left of the panel.
    func x(_ moment: Double, _ axis: PlotAxis) -> Double { width * moment / axis.end }

    /// Draws the frame, the grid, the numbers and the names of the axes.
    func drawFrame(_ svg: inout SVGWriter, _ times: PlotAxis, _ values: PlotAxis, name: String, withTimes: Bool) {
        svg.element(
            "text", ["class": "name", "x": left.coordinate, "y": (top - header).coordinate], text: name)
        var grid = ""
        for tick in values.ticks {
            let place = top + y(tick.value, values)
            grid += "M\(left.coordinate) \(place.coordinate)H\(right.coordinate)"
            svg.element(
                "text", ["class": "number end", "x": (left - 8).coordinate, "y": (place + 4).coordinate],
                text: tick.text)
        }
        for tick in times.ticks {
            let place = left + x(tick.value, times)
            grid += "M\(place.coordinate) \(top.coordinate)V\(bottom.coordinate)"
            guard withTimes else { continue }
            svg.element(
                "text", ["class": "number middle", "x": place.coordinate, "y": (bottom + 18).coordinate],
                text: tick.text)
        }
        svg.element("path", ["class": "grid", "d": grid])
        svg.element(
            "path",
            ["class": "axis", "d": "M\(left.coordinate) \(top.coordinate)V\(bottom.coordinate)H\(right.coordinate)"])
        guard withTimes else { return }
        svg.element(
            "text", ["class": "faint middle", "x": (left + width / 2).coordinate, "y": (bottom + 38).coordinate],
            text: "Time since the first packet, in \(times.unit)")
    }

    /// Draws something that stays inside, in coordinates of the panel.
    func clip(_ svg: inout SVGWriter, _ content: (inout SVGWriter) -> Void) {
        svg.element(
            "svg",
            [
                "x": left.coordinate, "y": top.coordinate, "width": width.coordinate, "height": height.coordinate,
                "overflow": "hidden",
            ], content)
    }

    /// Draws a line across at a value.
    func drawLevel(_ svg: inout SVGWriter, _ value: Double, _ axis: PlotAxis, style: String) {
        let place = top + y(value, axis)
        svg.element(
            "path",
            ["class": "\(style) line", "d": "M\(left.coordinate) \(place.coordinate)H\(right.coordinate)"])
    }
}

/// The names of what is drawn, on a line above a panel.
struct PlotLegend {
    private let y: Double
    private var x: Double

    init(_ panel: PlotPanel) {
        y = panel.top - panel.header
        x = panel.left + 180
    }

    /// Adds a sample of something that is drawn, with its name.
    mutating func add(_ svg: inout SVGWriter, _ style: String, _ name: String) {
        let sample =
            if style.hasSuffix("area") {
                "M\(x.coordinate) \((y - 9).coordinate)h18v10h-18z"
            } else if style.hasSuffix("line") {
                "M\(x.coordinate) \((y - 4).coordinate)h18"
            } else {
                PlotDrops.mark(x: x + 9, y: y + 1)
            }
        svg.element("path", ["class": style, "d": sample])
        x += 24
        addWords(&svg, name)
    }

    /// Adds words alone.
    mutating func addWords(_ svg: inout SVGWriter, _ words: String) {
        svg.element("text", ["class": "faint", "x": x.coordinate, "y": y.coordinate], text: words)
        // Letters of most fonts are not wider than this at the size of the style.
        x += Double(words.count) * 7 + 20
    }
}
