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
}
