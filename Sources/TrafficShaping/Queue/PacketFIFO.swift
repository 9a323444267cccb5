/// The packets that wait in a filter, in order.
struct PacketFIFO: Sendable {
    private var entries: [TokenBucketFilter.Entry] = []
    private var head = 0

    var count: Int { entries.count - head }
    var first: TokenBucketFilter.Entry? { head < entries.count ? entries[head] : nil }

    mutating func append(_ entry: TokenBucketFilter.Entry) {
        entries.append(entry)
    }

    mutating func removeFirst() {
        head += 1
        // Half of the memory may be behind the head, and no more.
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1024, head * 2 > entries.count {
            entries.removeSubrange(..<head)
            head = 0
        }
    }

    mutating func removeAll() -> [TokenBucketFilter.Entry] {
        defer {
            entries = []
            head = 0
        }
        return Array(entries[head...])
    }
}
