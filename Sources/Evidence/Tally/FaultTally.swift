/// Counts of what one fault did.
public struct FaultTally: Hashable, Sendable {
    /// The fault.
    public let fault: FaultName
    /// Times at which it was armed.
    public internal(set) var armed = 0
    /// Requests and connections that it picked.
    public internal(set) var selected = 0
    /// Requests and connections that it was the last to spare.
    public internal(set) var spared = 0
    /// RSTs that it had sent.
    public internal(set) var resets = 0
    /// Pending resets of it that did not happen.
    public internal(set) var cancelledResets = 0
    /// What its links did; `nil` for a fault that is not known to shape.
    ///
    /// A link is known once a byte had to wait or the link ended.
    public internal(set) var link: LinkTally?

    /// Whether it sent an RST or made a byte wait.
    public var hadEffect: Bool { resets > 0 || link?.hadEffect == true }

    /// Whether it said anything about a request: picked or spared it, reset it, or called the reset off.
    package var hasDecided: Bool { selected + spared + resets + cancelledResets > 0 }
}
