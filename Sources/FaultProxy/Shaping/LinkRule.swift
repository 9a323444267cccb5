import FaultModel
import TrafficShaping

/// An armed rate limit: whom it shapes, and how.
struct LinkRule: Sendable {
    /// What tells it from others of its name, in order of arming.
    let id: Int
    let name: String
    let disruption: ShapeDisruption
    let configuration: ShaperConfiguration
    let clients: ClientFilter
}
