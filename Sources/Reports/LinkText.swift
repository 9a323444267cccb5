import Evidence

/// What the links of a fault did, in one sentence without a full stop.
struct LinkText {
    let text: String

    init(_ link: LinkTally) {
        guard link.ended > 0 else {
            let connections = link.delayedConnections
            text = "\(Wording.count(connections, "connection")) \(Wording.were(connections)) delayed so far"
            return
        }
        var text =
            link.bytes > 0
            ? "passed \(Wording.bytes(link.bytes)) of \(Wording.count(link.connections, "connection"))"
            : "passed nothing"
        if link.delayedBytes > 0 {
            text += ", \(Wording.bytes(link.delayedBytes)) of it delayed by up to \(link.longestDelay.readable)"
        } else if link.delayedConnections > 0 {
            let connections = link.delayedConnections
            text += "; \(Wording.count(connections, "connection")) waited until the link ended"
        } else if link.bytes > 0 {
            text += "; nothing had to wait"
        }
        if link.refusedPackets > 0 {
            let packets = Wording.count(Int(clamping: link.refusedPackets), "packet")
            text += "; a kernel would have dropped about \(packets)"
        }
        self.text = text
    }
}
