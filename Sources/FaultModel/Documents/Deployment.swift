/// Where a fault is going to be applied, which decides what its tunables have to say.
public enum Deployment: String, Hashable, Sendable, CaseIterable {
    /// On the platform that its document is about: whatever finds and reaches the targets has to be there.
    case platform
    /// By a proxy on loopback: only what happens on the wire, and when, has a meaning, so nobody asks for the rest.
    case loopback

    /// Whether the tunables of a layer have to be there.
    func needs(_ layer: TunableLayer) -> Bool {
        self == .platform || layer.appliesToLocalProxy
    }
}
