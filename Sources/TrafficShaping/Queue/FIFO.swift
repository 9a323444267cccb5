/// First in, first out.
struct FIFO<Element> {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }
    var first: Element? { head < elements.count ? elements[head] : nil }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func removeFirst() {
        head += 1
        // Half of the memory may be behind the head, and no more.
        if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1024, head * 2 > elements.count {
            elements.removeSubrange(..<head)
            head = 0
        }
    }

    /// The newest elements, as many as there are up to a number.
    func last(_ most: Int) -> ArraySlice<Element> { elements[head...].suffix(most) }

    mutating func removeAll() -> [Element] {
        defer {
            elements = []
            head = 0
        }
        return Array(elements[head...])
    }
}

extension FIFO: Sendable where Element: Sendable {}
