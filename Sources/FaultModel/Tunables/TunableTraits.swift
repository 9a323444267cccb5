/// What a tunable is, apart from the type of its value.
public struct TunableTraits: Hashable, Sendable {
    /// The documented key, as in `RESET_TIMEOUT`.
    public let key: String
    /// Other spellings of the key that are read with a note.
    public let aliases: [String]
    /// Where the tunable has a meaning.
    public let layer: TunableLayer
    /// Whether the value must never be shown.
    public let isSecret: Bool
    /// What to write instead of an illegal value, when the tunable knows better than its type.
    public let hint: String?
    /// What the tunable does, in one sentence.
    public let summary: String
}

/// Where a tunable has a meaning.
///
/// A proxy on loopback has no pods and no redirect: it can honor what happens on the wire and when, and has to name the rest
/// as inapplicable instead of ignoring it.
public enum TunableLayer: String, Hashable, Sendable, CaseIterable {
    /// What happens to the traffic: delay, share, rate.
    case wire
    /// When the fault starts and ends, the waits around it included.
    case schedule
    /// How traffic reaches the proxy: ports and interface. A local proxy is told by its own listening and upstream addresses.
    case interception
    /// Which targets are hit, in which order, and how they are reached.
    case targeting

    /// Whether a proxy on loopback can do what the tunable says.
    public var appliesToLocalProxy: Bool { self == .wire || self == .schedule }
}
