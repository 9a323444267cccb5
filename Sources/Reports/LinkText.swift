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
        guard link.bytes > 0 else {
            text = "passed nothing"
            return
        }
        var text = "passed \(Wording.bytes(link.bytes)) of \(Wording.count(link.connections, "connection")), "
        text +=
            link.delayedBytes > 0
            ? "\(Wording.bytes(link.delayedBytes)) of it delayed by up to \(link.longestDelay.readable)"
            : "none of it delayed"
        if link.refusedPackets > 0 {
            let packets = Wording.count(Int(clamping: link.refusedPackets), "packet")
            text += "; a kernel would have dropped about \(packets)"
        }
        self.text = text
    }
}
