/// A queue that removes at the front without moving the rest each time.
struct Fifo<Element: Sendable>: Sendable {
    private var storage: [Element] = []
    private var head = 0

    var count: Int { storage.count - head }
    var isEmpty: Bool { head == storage.count }
    var first: Element? { isEmpty ? nil : storage[head] }
    var last: Element? { isEmpty ? nil : storage.last }

    subscript(position: Int) -> Element {
        get { storage[head + position] }
        set { storage[head + position] = newValue }
    }

    mutating func append(_ element: Element) {
        storage.append(element)
    }

    mutating func removeLast(_ number: Int) {
        storage.removeLast(min(number, count))
        if isEmpty {
            storage.removeAll(keepingCapacity: storage.count <= 16)
            head = 0
        }
    }

    mutating func removeFirst() {
        head += 1
        if head == storage.count {
            storage.removeAll(keepingCapacity: storage.count <= 16)
            head = 0
        } else if head >= 64, head * 2 >= storage.count {
            storage.removeFirst(head)
            head = 0
        }
    }
}
