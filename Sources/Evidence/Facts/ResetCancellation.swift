/// Why a pending reset did not happen.
public enum ResetCancellation: String, Hashable, Sendable, CaseIterable {
    /// The fault was lifted or replaced.
    case faultLifted
    /// The client went away first.
    case clientGone
    /// The proxy ended.
    case proxyEnded
}
