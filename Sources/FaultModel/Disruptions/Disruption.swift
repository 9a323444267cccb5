/// What a fault means on the wire, free of the words of any platform.
///
/// A backend applies disruptions; it never sees which document a fault came from.
public enum Disruption: Hashable, Sendable {
    /// Selected requests or connections end in a TCP RST.
    case reset(ResetDisruption)
    /// What leaves the target passes a token bucket.
    case shape(ShapeDisruption)
}
