public import TrafficShaping
public struct LinkPlot: Sendable {
    public init(_ timeline: LinkTimeline, _ summary: LinkSummary, _ configuration: ShaperConfiguration) {}
    public var svg: String { "" }
}
